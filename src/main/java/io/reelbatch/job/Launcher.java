package io.reelbatch.job;

import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Runs one request from the lock of the home to its release. Everything that goes wrong comes back
 * as a result with its exit code; nothing is thrown.
 */
public final class Launcher {

  /** Runs the request and shows it to people through the view. */
  public RunResult run(RunRequest request, RunView view) {
    try {
      return Session.in(
          request.use(),
          JobConfiguration.class,
          context -> prepare(context, request, view),
          context -> context.getBean(JobRunner.class).run());
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, request.home());
      return RunResult.failed(explanation.ending(), explanation.message());
    }
  }

  private static void prepare(GenericApplicationContext context, RunRequest request, RunView view) {
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
