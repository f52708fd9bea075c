package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.Ending;
import io.reelbatch.job.FinishedVideos;
import io.reelbatch.job.HomeUse;
import io.reelbatch.job.Launcher;
import io.reelbatch.job.Reordering;
import io.reelbatch.job.RunRequest;
import io.reelbatch.job.RunResult;
import io.reelbatch.job.RunView;
import io.reelbatch.job.StandardInput;
import io.reelbatch.job.Typed;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
      "Sends the rows of a CSV or workbook that were not sent yet, waits for all videos, writes the report.",
      "Run the same command again to go on after a stop, a kill or a mended CSV."
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = {
        "Whose key new rows are sent with, REELBATCH_API_KEY_NAME; the batch keeps to it. What was sent"
            + " before is asked after with the key that made it (default: the batch's, at first that"
            + " of REELBATCH_API_KEY)."
      })
  private @Nullable String account;

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
      description =
          "Folder of the results (default: NAME-results beside the file; of standard input, in the"
              + " working directory).")
  private @Nullable Path out;

  @Option(
      names = "--xlsx",
      description = "Write results.xlsx as well, with links to click and coloured states.")
  private boolean xlsx;

  @Option(
      names = "--bom",
      description = "Begin the CSVs with the byte order mark by which Excel knows UTF-8.")
  private boolean bom;

  @Option(
      names = "--quiet",
      description =
          "Say nothing while all goes well; what needs a person goes to standard error. For cron,"
              + " which mails whatever is printed.")
  private boolean quiet;

  @Mixin private HomeOptions home;

  @Override
  public Integer call() {
    List<InputFile> files = input.files(spec.commandLine());
    Launcher launcher = new Launcher();
    if (files.get(0).isStandardInput()) {
      return piped(launcher, files.get(0)).code();
    }
    if (files.size() == 1) {
      RunRequest request = request(files.get(0));
      return shown(launcher, request, view -> launcher.run(request, view)).code();
    }
    if (out != null) {
      throw Mistakes.of(
          spec.commandLine(),
          Message.of(
              "--out names one folder, but there are {0} files; the results of each go beside it."
                  + " Nothing was sent",
              files.size()));
    }
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = quiet ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getOut();
    return new RunSeries(out, err, ReelbatchCommand.phrases(spec))
        .run(
            files.stream().map(this::request).toList(),
            request -> shown(launcher, request, view -> launcher.run(request, view)),
            (request, refusal) -> say(launcher.notify(request, refusal)),
            launcher::isSignalled)
        .code();
  }

  private Ending piped(Launcher launcher, InputFile file) {
    RunRequest request = request(file);
    try (StandardInput rows = input.standardInput(spec.commandLine())) {
      return shown(launcher, request, view -> launcher.run(request, view, rows));
    } catch (DeskException e) {
      spec.commandLine().getErr().println(ReelbatchCommand.phrases(spec).say(e.told()));
      return e.ending();
    }
  }

  private Ending shown(Launcher launcher, RunRequest request, Function<RunView, RunResult> run) {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RunResult result = watched(run, out, err, phrases);
    if (!quiet || !isOldNews(result)) {
      ErrorPrinter errors = new ErrorPrinter(request.file(), "", SystemTerminal.width(), phrases);
      new ResultPrinter(request.batch(), home.typed(), errors, quiet ? err : out, err, phrases)
          .print(result);
    }
    say(launcher.notify(result));
    return result.ending();
  }

  /** All is well, or what failed was told by the run in which it failed. */
  private static boolean isOldNews(RunResult result) {
    return result.ending() == Ending.SUCCEEDED
        || (result.ending() == Ending.SOME_FAILED && result.nothingToDo());
  }

  /** Whom it could not tell. */
  private void say(List<Message> lines) {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    lines.forEach(line -> spec.commandLine().getErr().println(OneLine.of(phrases.say(line))));
  }

  private RunResult watched(
      Function<RunView, RunResult> run, PrintWriter out, PrintWriter err, Phrases phrases) {
    if (quiet) {
      return run.apply(new QuietView(err, phrases));
    }
    Optional<LiveView> live =
        SystemTerminal.isWatched(System.getenv()) ? LiveView.open(phrases) : Optional.empty();
    try {
      Duration every = Duration.ofSeconds(home.simulated() ? 2 : 30);
      RunPrinter printer = new RunPrinter(out, every, ZoneId.systemDefault(), phrases);
      return run.apply(live.isPresent() ? live.get() : printer);
    } finally {
      live.ifPresent(LiveView::close);
    }
  }

  private RunRequest request(InputFile file) {
    BatchName name = file.batch();
    HomeUse use = home.use("batch " + name, settings());
    Path here = Path.of("").toAbsolutePath();
    Path base = file.file().toAbsolutePath();
    Path parent = Optional.ofNullable(base.getParent()).orElse(base);
    String results = name + (home.simulated() ? "-simulated-results" : "-results");
    return new RunRequest(
        file.isStandardInput() ? StandardInput.placeOf(name, use.home()) : file.file(),
        name,
        out == null ? (file.isStandardInput() ? here : parent).resolve(results) : out,
        deadline,
        input.invalid(),
        use,
        new Reordering(
            retryFailed ? Reordering.FailedRows.RETRY : Reordering.FailedRows.KEEP,
            inDoubt,
            Operator.name()),
        download ? FinishedVideos.FETCH : FinishedVideos.LEAVE,
        new Typed(here, typed(file), ReelbatchCommand.phrases(spec).language()));
  }

  /** The command as it was typed, for this file alone. */
  private List<String> typed(InputFile file) {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    if (!input.words().equals(List.of(file.file().toString()))) {
      words.removeAll(input.words());
      words.add(1, file.file().toString());
    }
    return words;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "reelbatch.gateway.account", account);
    put(settings, "reelbatch.submit.rate", rate);
    put(settings, "reelbatch.submit.in-flight", inFlight);
    put(settings, "reelbatch.submit.max-active", maxActive);
    put(settings, "reelbatch.run.patience", patience);
    put(settings, "reelbatch.budget.batch", budget);
    put(settings, "reelbatch.budget.limit", limit);
    put(settings, "reelbatch.retry.attempts", attempts);
    input.putInto(settings);
    put(settings, "reelbatch.run.strict-models", strictModels ? "true" : null);
    put(settings, "reelbatch.report.xlsx", xlsx ? "true" : null);
    put(settings, "reelbatch.report.bom", bom ? "true" : null);
    put(settings, "logging.threshold.console", quiet ? "warn" : null);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }
}
