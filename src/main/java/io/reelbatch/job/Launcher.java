package io.reelbatch.job;

import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Runs one request from the lock of the home to its release. Everything that goes wrong comes back
 * as a result with its exit code; nothing is thrown.
 */
public final class Launcher {

  private @Nullable Notices notices;

  /** Runs the request and shows it to people through the view. */
  public RunResult run(RunRequest request, RunView view) {
    Notices told = new Notices(request);
    notices = told;
    try {
      return Session.in(
          request.use(),
          JobConfiguration.class,
          context -> prepare(context, request, new DoubtWatch(view, told), told),
          context -> context.getBean(JobRunner.class).run());
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, request.home());
      return RunResult.failed(explanation.ending(), explanation.message());
    }
  }

  /**
   * Tells those whom the settings name how the last run ended. After it, so that neither its home
   * nor its own words wait for that. Blocks for ten seconds at most.
   *
   * @return whom it could not tell, a line each
   */
  public List<String> notify(RunResult result) {
    return notices == null ? List.of() : notices.ended(result);
  }

  private static void prepare(
      GenericApplicationContext context, RunRequest request, RunView view, Notices notices) {
    notices.read(context.getEnvironment());
    Pulse pulse = new Pulse();
    RunControl control =
        new RunControl(
            System::nanoTime,
            pulse,
            request.deadline(),
            patience(context.getEnvironment().getProperty("reelbatch.run.patience", "2h")));
    StopSignals.install(control);
    context.registerBean(RunRequest.class, () -> request);
    context.registerBean(RunView.class, () -> view);
    context.registerBean(Pulse.class, () -> pulse);
    context.registerBean(RunControl.class, () -> control);
  }

  private static Duration patience(String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "setting reelbatch.run.patience = '"
              + text
              + "' cannot be used: it is a time such as 2h or 90m. Nothing was sent",
          e);
    }
  }
}
