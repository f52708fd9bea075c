package io.reelbatch.cli;

import io.reelbatch.job.Ending;
import io.reelbatch.job.FinishedVideos;
import io.reelbatch.job.Launcher;
import io.reelbatch.job.Reordering;
import io.reelbatch.job.RunRequest;
import io.reelbatch.job.RunResult;
import io.reelbatch.job.Typed;
import io.reelbatch.model.BatchName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a batch: loads the CSV, sends what is new, asks until all is done, writes the report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends the rows of a CSV that were not sent yet, waits for all videos, writes the report.",
      "Run the same command again to go on after a stop, a kill or a mended CSV."
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Paid requests a time, as 2/s, 90/m or 5000/h (default: 2/s).")
  private @Nullable String rate;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Paid requests under way at once (default: 8).")
  private @Nullable String inFlight;

  @Option(
      names = "--max-active",
      paramLabel = "N",
      description = "Tasks that the gateway may work on at once (default: 20).")
  private @Nullable String maxActive;

  @Option(
      names = "--budget",
      paramLabel = "AMOUNT",
      description =
          "Most that the batch may cost over all its runs, as \"20 USD\"; needs reelbatch.prices.")
  private @Nullable String budget;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most paid requests of the batch over all its runs: a pilot.")
  private @Nullable String limit;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "Stop after that long (2h, 90m); the next run goes on.")
  private @Nullable Duration deadline;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "Stop when nothing has changed for that long (default: 2h).")
  private @Nullable String patience;

  @Option(
      names = "--retry-failed",
      description = {
        "Order the rows that failed or were refused once more, with those that start from them. Each"
            + " row once in the life of its batch (reelbatch.retry.automatic), so a crontab may say"
            + " it every night."
      })
  private boolean retryFailed;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description =
          "Paid requests for one row at most, while its task fails for the provider's reasons and not"
              + " for its prompt (default: 1).")
  private @Nullable String attempts;

  @Option(
      names = "--in-doubt",
      paramLabel = "WHAT",
      defaultValue = "keep",
      description =
          "What becomes of rows in doubt: keep, or resubmit, which sends all of them again; where the"
              + " gateway took the first request, both are charged (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // has a default
  private Reordering.RowsInDoubt inDoubt;

  @Option(
      names = "--download",
      description =
          "Fetch each video before its link dies, also those of earlier runs: into the folder 'videos'"
              + " beside the report (reelbatch.collect.*).")
  private boolean download;

  @Option(
      names = "--strict-models",
      description = "Refuse models that the catalogue does not know ('models' lists them).")
  private boolean strictModels;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the results (default: NAME-results beside the file).")
  private @Nullable Path out;

  @Option(
      names = "--quiet",
      description =
          "Say nothing while all goes well; what needs a person goes to standard error. For cron,"
              + " which mails whatever is printed.")
  private boolean quiet;

  @Mixin private HomeOptions home;

  @Override
  public Integer call() {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RunRequest request = request();
    RunResult result = shown(request, out, err, phrases);
    boolean isWell = result.ending() == Ending.SUCCEEDED;
    if (!quiet || !isWell) {
      new ResultPrinter(request.batch(), quiet ? err : out, err, phrases).print(result);
    }
    return result.ending().code();
  }

  private RunResult shown(RunRequest request, PrintWriter out, PrintWriter err, Phrases phrases) {
    if (quiet) {
      return new Launcher().run(request, new QuietView(err, phrases));
    }
    Optional<LiveView> live =
        SystemTerminal.isWatched(System.getenv()) ? LiveView.open(phrases) : Optional.empty();
    try {
      Duration every = Duration.ofSeconds(home.simulated() ? 2 : 30);
      RunPrinter printer = new RunPrinter(out, every, ZoneId.systemDefault(), phrases);
      return new Launcher().run(request, live.isPresent() ? live.get() : printer);
    } finally {
      live.ifPresent(LiveView::close);
    }
  }

  private RunRequest request() {
    Path base = input.file().toAbsolutePath();
    BatchName name = input.batch(spec.commandLine());
    String results = name + (home.simulated() ? "-simulated-results" : "-results");
    Path parent = Optional.ofNullable(base.getParent()).orElse(base);
    return new RunRequest(
        input.file(),
        name,
        out == null ? parent.resolve(results) : out,
        deadline,
        input.invalid(),
        home.use("batch " + name, settings()),
        new Reordering(
            retryFailed ? Reordering.FailedRows.RETRY : Reordering.FailedRows.KEEP,
            inDoubt,
            Operator.name()),
        download ? FinishedVideos.FETCH : FinishedVideos.LEAVE,
        typed());
  }

  private Typed typed() {
    return new Typed(
        Path.of("").toAbsolutePath(),
        spec.root().commandLine().getParseResult().originalArgs(),
        ReelbatchCommand.phrases(spec).language());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "reelbatch.submit.rate", rate);
    put(settings, "reelbatch.submit.in-flight", inFlight);
    put(settings, "reelbatch.submit.max-active", maxActive);
    put(settings, "reelbatch.run.patience", patience);
    put(settings, "reelbatch.budget.batch", budget);
    put(settings, "reelbatch.budget.limit", limit);
    put(settings, "reelbatch.retry.attempts", attempts);
    input.putInto(settings);
    put(settings, "reelbatch.run.strict-models", strictModels ? "true" : null);
    put(settings, "logging.threshold.console", quiet ? "warn" : null);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }
}
