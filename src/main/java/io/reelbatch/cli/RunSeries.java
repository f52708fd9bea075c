package io.reelbatch.cli;

import io.reelbatch.job.CheckDesk;
import io.reelbatch.job.Ending;
import io.reelbatch.job.RunRequest;
import io.reelbatch.job.RunResult;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several files in one run, one after the other, each a batch of its own. All are checked before
 * the first row of the first is sent; what stops one keeps the next from beginning.
 */
final class RunSeries {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Phrases phrases;

  RunSeries(PrintWriter out, PrintWriter err, Phrases phrases) {
    this.out = out;
    this.err = err;
    this.phrases = phrases;
  }

  /**
   * Runs them.
   *
   * @param one runs one
   * @param refused hears of each whose check keeps all from beginning
   * @param signalled whether a signal came meanwhile
   * @return the worst ending
   */
  Ending run(
      List<RunRequest> requests,
      Function<RunRequest, Ending> one,
      BiConsumer<RunRequest, RunResult> refused,
      BooleanSupplier signalled) {
    Ending worst = check(requests, refused);
    for (int i = 0; worst.isComplete() && i < requests.size(); i++) {
      RunRequest request = requests.get(i);
      out.println(phrases.say("series.file", i + 1, requests.size(), request.file()));
      worst = worse(worst, one.apply(request));
      List<RunRequest> rest = requests.subList(i + 1, requests.size());
      if (!rest.isEmpty() && (!worst.isComplete() || signalled.getAsBoolean())) {
        worst = worse(worst, Ending.UNFINISHED);
        err.println(phrases.say("series.rest", names(rest)));
      }
    }
    return worst;
  }

  private Ending check(List<RunRequest> requests, BiConsumer<RunRequest, RunResult> refused) {
    Ending worst = Ending.SUCCEEDED;
    for (RunRequest request : requests) {
      RunResult refusal = new CheckDesk(request).refusal().orElse(null);
      if (refusal != null) {
        say(request.file(), refusal);
        refused.accept(request, refusal);
        worst = worse(worst, refusal.ending());
      }
    }
    if (worst.isComplete()) {
      out.println(phrases.say("series.right", requests.size()));
    } else {
      err.println(phrases.say("series.wrong", requests.size()));
    }
    return worst;
  }

  private void say(Path file, RunResult refusal) {
    if (refusal.error() != null) {
      err.println(OneLine.of(file + ": " + phrases.say(refusal.error())));
    }
    new ErrorPrinter(file, file + ": ", SystemTerminal.width(), phrases)
        .printSome(refusal.errors(), err);
  }

  /** The one of two endings that the exit code tells. */
  static Ending worse(Ending one, Ending other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static String names(List<RunRequest> requests) {
    return requests.stream()
        .map(request -> request.file().toString())
        .collect(Collectors.joining(", "));
  }
}
