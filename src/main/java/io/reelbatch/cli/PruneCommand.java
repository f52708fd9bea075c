package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.PruneDesk;
import io.reelbatch.job.Pruning;
import io.reelbatch.ledger.Forgotten;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forgets what was asked and answered long ago. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets what was asked and answered long ago: prompts, lines, answers, links, runs.",
      "What was paid for is never forgotten: each row keeps its identity, its state and its money, so"
          + " that the same file, run again, pays for nothing twice. Sends nothing and needs no key."
    })
final class PruneCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      required = true,
      description = "What happened longer ago is forgotten, such as 90d; at least 1d.")
  @SuppressWarnings("NullAway.Init") // is required
  private Duration olderThan;

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description = "This batch alone (default: all of the home).")
  private @Nullable String batch;

  @Option(names = "--dry-run", description = "Only say what would be forgotten.")
  private boolean dryRun;

  @Override
  public Integer call() {
    PruneDesk desk =
        new PruneDesk(home.use("forgetting what is old", Map.of()), olderThan, batch());
    try {
      print(dryRun ? desk.look() : desk.prune());
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }

  private @Nullable BatchName batch() {
    try {
      return batch == null ? null : new BatchName(batch);
    } catch (IllegalArgumentException e) {
      throw Mistakes.of(spec.commandLine(), Message.of(e));
    }
  }

  private void print(Pruning pruning) {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    PrintWriter out = spec.commandLine().getOut();
    boolean any = false;
    for (Forgotten batch : pruning.batches()) {
      if (batch.isAny()) {
        any = true;
        out.println(
            phrases.say(
                dryRun ? "prune.would" : "prune.did",
                batch.batch(),
                batch.lastActive().truncatedTo(ChronoUnit.SECONDS),
                batch.orders(),
                batch.lines(),
                batch.answers(),
                batch.runs()));
      }
      if (batch.open() > 0) {
        out.println(
            phrases.say(
                "prune.open",
                batch.batch(),
                batch.open(),
                Shell.word(batch.batch().value()) + home.typed()));
      }
    }
    if (!any) {
      out.println(phrases.say("prune.nothing"));
    }
    if (!dryRun && pruning.bytesBefore() > 0) {
      out.println(
          phrases.say(
              "prune.file", megabytes(pruning.bytesBefore()), megabytes(pruning.bytesAfter())));
    }
    Message trouble = pruning.trouble();
    if (trouble != null) {
      spec.commandLine()
          .getErr()
          .println(OneLine.of(phrases.say("prune.large", phrases.say(trouble))));
    }
  }

  private static String megabytes(long bytes) {
    return Phrases.tenths(bytes / MEGABYTE);
  }
}
