package io.reelbatch.job;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Uses a home: takes its lock, starts Spring in it, and gives both back whatever happens. */
final class Session {

  private Session() {}

  /**
   * Works in the home.
   *
   * @throws InUseException if another run holds it for longer than the caller would wait
   */
  @SuppressWarnings("try") // the lock is held, not used
  static <T> T in(
      HomeUse use,
      Class<?> configuration,
      ApplicationContextInitializer<GenericApplicationContext> beans,
      Function<ConfigurableApplicationContext, T> work)
      throws InterruptedException {
    try (HomeLock lock = HomeLock.take(use.home().make(), use.lockWait(), use.what())) {
      if (use.companion() == null) {
        return start(use.home(), use.settings(), configuration, beans, work);
      }
      try (Companion companion = use.companion().get()) {
        Map<String, String> settings = new HashMap<>(companion.settings());
        settings.putAll(use.settings());
        return start(use.home(), settings, configuration, beans, work);
      }
    }
  }

  private static <T> T start(
      Home home,
      Map<String, String> settings,
      Class<?> configuration,
      ApplicationContextInitializer<GenericApplicationContext> beans,
      Function<ConfigurableApplicationContext, T> work) {
    // What cannot be read is told as a refusal; the settings themselves say so too late for that.
    LoggingSystem.get(Session.class.getClassLoader())
        .setLogLevel(SpringApplication.class.getName(), LogLevel.OFF);
    SpringApplication application = new SpringApplication(configuration);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setAddCommandLineProperties(false);
    // Ours is installed instead: Spring's closes the database under answers that are still to come.
    application.setRegisterShutdownHook(false);
    Map<String, Object> defaults = new HashMap<>(besideTheJar());
    defaults.put("logging.file.name", home.log().toAbsolutePath().toString());
    application.setDefaultProperties(defaults);
    home.keepFiles();
    try (LedgerOpening ledger = new LedgerOpening(home)) {
      ledger.beginIfThere();
      application.addListeners(
          new TypedSettings(settings),
          (ApplicationListener<ApplicationEnvironmentPreparedEvent>)
              event -> {
                new SettingNames().check(event.getEnvironment());
                ledger.begin(event.getEnvironment()); // not before: logs would be printed
              });
      application.addInitializers(
          context -> {
            GenericApplicationContext own = (GenericApplicationContext) context;
            own.registerBean(Home.class, () -> home);
            own.registerBean(LedgerOpening.class, () -> ledger);
          },
          beans);
      try (ConfigurableApplicationContext context = application.run()) {
        home.keepFiles();
        return work.apply(context);
      }
    } catch (RuntimeException e) {
      home.keepFiles();
      throw e;
    } finally {
      FewLines.sumUp();
    }
  }

  /** Settings beside the jar count: under cron the working directory is anybody's guess. */
  static Map<String, Object> besideTheJar() {
    return Map.of(
        "spring.config.additional-location",
        "optional:" + new ApplicationHome(Session.class).getDir().toURI());
  }

  /** The settings alone, without a home. */
  static ConfigurableEnvironment settings(Map<String, String> options) {
    LoggingSystem.get(Session.class.getClassLoader())
        .beforeInitialize(); // nobody may log to stdout
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("defaultProperties", besideTheJar()));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    TypedSettings.putInto(environment, options);
    ConfigurationPropertySources.attach(environment);
    return environment;
  }

  /**
   * Puts in what was typed: after all files are read, before Spring sees how much is to be logged.
   */
  private record TypedSettings(Map<String, String> settings)
      implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public int getOrder() {
      return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
      putInto(event.getEnvironment(), settings);
    }

    static void putInto(ConfigurableEnvironment environment, Map<String, String> settings) {
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("command line", new HashMap<>(settings)));
    }
  }
}
