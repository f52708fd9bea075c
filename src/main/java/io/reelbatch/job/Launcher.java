package io.reelbatch.job;

import io.reelbatch.model.Durations;
import io.reelbatch.model.Message;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Runs requests, one after the other, each from the lock of its home to its release. Everything
 * that goes wrong comes back as a result with its exit code; nothing is thrown. The deadline counts
 * from the making of this, and a signal is for all that it runs.
 */
public final class Launcher {

  private final long began = System.nanoTime();
  private @Nullable RunControl last;
  private @Nullable Notices notices;

  /** Runs the request and shows it to people through the view. */
  public RunResult run(RunRequest request, RunView view) {
    return run(request, view, () -> {});
  }

  /**
   * Runs what came in on standard input, which becomes the request's file.
   *
   * @param input where its file is {@link StandardInput#placeOf}
   */
  public RunResult run(RunRequest request, RunView view, StandardInput input) {
    return run(request, view, () -> input.keep(request.batch(), request.home()));
  }

  /** Whether a signal asked the last run to stop, or came since. */
  public boolean isSignalled() {
    return last != null && last.stopped().filter(StopCause.SIGNAL::equals).isPresent();
  }

  private RunResult run(RunRequest request, RunView view, Runnable inItsHome) {
    RunId id = RunId.fresh();
    Notices told = new Notices(request, id);
    notices = told;
    Measuring measuring = measuring(request);
    RunResult result = run(request, view, inItsHome, id, told, measuring);
    measuring.ended(result.ending());
    return result;
  }

  private static Measuring measuring(RunRequest request) {
    return new Measuring(request, () -> Session.settings(request.use().settings()));
  }

  private RunResult run(
      RunRequest request,
      RunView view,
      Runnable inItsHome,
      RunId id,
      Notices told,
      Measuring measuring) {
    try {
      return Session.in(
          request.use().with(logged(request, id)),
          JobConfiguration.class,
          context -> {
            inItsHome.run();
            prepare(context, request, new DoubtWatch(view, told), told);
            context.registerBean(RunId.class, () -> id);
            context.registerBean(
                LedgerGuard.LastWords.class,
                () -> () -> broke(Explanation.ofBrokenFile(request.home()), told, measuring));
            measuring.begin(context);
          },
          context -> {
            JobRunner runner = context.getBean(JobRunner.class);
            measuring.goesOn(context);
            try {
              return runner.run();
            } finally {
              measuring.over();
            }
          });
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, request.home());
      return RunResult.failed(explanation.ending(), explanation.message());
    }
  }

  private static void broke(Explanation explanation, Notices told, Measuring measuring) {
    var unused = told.ended(RunResult.failed(explanation.ending(), explanation.message()));
    measuring.ended(explanation.ending());
  }

  /** What every line of the log bears where it is written as JSON. */
  private static Map<String, String> logged(RunRequest request, RunId id) {
    return Map.of(
        "logging.structured.json.add.run", id.value(),
        "logging.structured.json.add.batch", request.batch().value());
  }

  /**
   * Tells those whom the settings name how the last run ended. After it, so that neither its home
   * nor its own words wait for that. Blocks for ten seconds at most.
   *
   * @return whom it could not tell, a line each
   */
  public List<Message> notify(RunResult result) {
    return notices == null ? List.of() : notices.ended(result);
  }

  /** The same of a run that did not begin. */
  public List<Message> notify(RunRequest request, RunResult refusal) {
    measuring(request).ended(refusal.ending());
    return new Notices(request, RunId.fresh()).ended(refusal);
  }

  private void prepare(
      GenericApplicationContext context, RunRequest request, RunView view, Notices notices) {
    notices.read(context.getEnvironment());
    Pulse pulse = new Pulse();
    RunControl control =
        new RunControl(
            System::nanoTime,
            pulse,
            left(request.deadline()),
            patience(context.getEnvironment().getProperty("reelbatch.run.patience", "2h")));
    StopSignals.install(control);
    if (isSignalled()) {
      control.stop(StopCause.SIGNAL); // came after the last run had ended
    }
    last = control;
    context.registerBean(RunRequest.class, () -> request);
    context.registerBean(RunView.class, () -> view);
    context.registerBean(Pulse.class, () -> pulse);
    context.registerBean(RunControl.class, () -> control);
  }

  private @Nullable Duration left(@Nullable Duration deadline) {
    if (deadline == null) {
      return null;
    }
    Duration left = deadline.minusNanos(System.nanoTime() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration patience(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of(
              "setting {0} cannot be used: {1}. Nothing was sent",
              "reelbatch.run.patience = '" + text + "'",
              Message.of("it is a time such as 2h or 90m")),
          e);
    }
  }
}
