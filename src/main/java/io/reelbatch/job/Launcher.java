package io.reelbatch.job;

import io.reelbatch.ledger.LedgerException;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs one request from the lock of the home to its release. Everything that goes wrong comes back
 * as a result with its exit code; nothing is thrown.
 */
public final class Launcher {

  private static final Logger log = LoggerFactory.getLogger(Launcher.class);
  private static final int ALREADY_OPEN = 90020;

  /** Runs the request and shows it to people through the view. */
  @SuppressWarnings("try") // the lock is held, not used
  public RunResult run(RunRequest request, RunView view) {
    try (HomeLock lock =
        HomeLock.take(request.home().make(), request.lockWait(), "batch " + request.batch())) {
      return accompanied(request, view);
    } catch (HomeInUseException e) {
      return RunResult.failed(Ending.LOCKED, String.valueOf(e.getMessage()));
    } catch (UsageException e) {
      return RunResult.failed(Ending.USAGE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return RunResult.failed(Ending.UNFINISHED, "interrupted while waiting for the home");
    }
  }

  private static RunResult accompanied(RunRequest request, RunView view) {
    if (request.companion() == null) {
      return start(request, request.settings(), view);
    }
    try (Companion companion = request.companion().get()) {
      Map<String, String> settings = new HashMap<>(companion.settings());
      settings.putAll(request.settings());
      return start(request, settings, view);
    }
  }

  private static RunResult start(RunRequest request, Map<String, String> settings, RunView view) {
    Pulse pulse = new Pulse();
    SpringApplication application = new SpringApplication(JobConfiguration.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setAddCommandLineProperties(false);
    // Ours is installed instead: Spring's closes the database under answers that are still to come.
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(
        Map.of(
            "spring.datasource.url",
            request.home().databaseUrl(),
            // Beside the jar: under cron the working directory is anybody's guess.
            "spring.config.additional-location",
            "optional:" + new ApplicationHome(Launcher.class).getDir().toURI()));
    application.addListeners(
        (ApplicationListener<ApplicationEnvironmentPreparedEvent>)
            event -> prepare(event.getEnvironment(), settings));
    application.addInitializers(
        context -> {
          RunControl control =
              new RunControl(
                  System::nanoTime,
                  pulse,
                  request.deadline(),
                  DurationStyle.detectAndParse(
                      context.getEnvironment().getProperty("reelbatch.run.patience", "2h")));
          StopSignals.install(control);
          GenericApplicationContext beans = (GenericApplicationContext) context;
          beans.registerBean(RunRequest.class, () -> request);
          beans.registerBean(RunView.class, () -> view);
          beans.registerBean(Pulse.class, () -> pulse);
          beans.registerBean(RunControl.class, () -> control);
        });
    try (ConfigurableApplicationContext context = application.run()) {
      return context.getBean(JobRunner.class).run();
    } catch (RuntimeException e) {
      return explained(e);
    }
  }

  private static void prepare(ConfigurableEnvironment environment, Map<String, String> settings) {
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("command line", new HashMap<>(settings)));
    new SettingNames().check(environment);
  }

  private static RunResult explained(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UsageException) {
        return RunResult.failed(Ending.USAGE, String.valueOf(cause.getMessage()));
      } else if (cause instanceof BindException bind) {
        return RunResult.failed(Ending.USAGE, wrongValue(bind));
      } else if (cause instanceof LedgerException) {
        return RunResult.failed(Ending.ERROR, String.valueOf(cause.getMessage()));
      } else if (cause instanceof java.sql.SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
        return RunResult.failed(
            Ending.LOCKED, "another program has the ledger open; nothing was done");
      }
    }
    log.error("unexpected error", e);
    return RunResult.failed(Ending.ERROR, String.valueOf(e.getMessage()));
  }

  private static String wrongValue(BindException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String value = e.getProperty() == null ? "" : " = '" + e.getProperty().getValue() + "'";
    String name =
        e.getProperty() == null ? e.getName().toString() : e.getProperty().getName().toString();
    return "setting "
        + name
        + value
        + " cannot be used: "
        + root.getMessage()
        + ". Nothing was sent";
  }
}
