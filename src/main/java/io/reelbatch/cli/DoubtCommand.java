package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.DoubtDesk;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person's word on rows in doubt. */
@Command(
    name = "doubt",
    mixinStandardHelpOptions = true,
    description = {
      "Settles rows whose paid request has no known answer: the gateway may have taken them or not.",
      "Nothing is sent here; the next 'run' acts on what was decided."
    })
final class DoubtCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Mistakes.of(
        spec.commandLine(), Message.verbatim(ReelbatchCommand.phrases(spec).say("doubt.what")));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the rows in doubt: when they were sent, what for, and what is known.",
        "Where the gateway lists its tasks, those that may be theirs are named."
      })
  int list(@Mixin HomeOptions home, @Mixin BatchOption batch) {
    return atDesk(
        home,
        batch,
        desk -> {
          String where = batch.typed() + home.typed();
          new DoubtPrinter(spec.commandLine().getOut(), where, ReelbatchCommand.phrases(spec))
              .print(desk.lookUp());
          return 0;
        });
  }

  @Command(
      name = "adopt",
      mixinStandardHelpOptions = true,
      description =
          "Gives a row the task that the gateway made for it; the gateway is asked first.")
  int adopt(
      @Mixin HomeOptions home,
      @Mixin BatchOption batch,
      @Parameters(paramLabel = "ROW") String row,
      @Parameters(paramLabel = "TASK_ID") String task,
      @Option(
              names = "--other-prompt",
              description =
                  "Also where the gateway shows another prompt for the task than the row's: some"
                      + " gateways rewrite prompts.")
          boolean otherPrompt) {
    return atDesk(
        home,
        batch,
        desk -> {
          desk.adopt(
              new RowKey(row),
              new TaskId(task),
              otherPrompt ? DoubtDesk.Prompt.MAY_DIFFER : DoubtDesk.Prompt.AS_ASKED);
          spec.commandLine()
              .getOut()
              .println(OneLine.of(ReelbatchCommand.phrases(spec).say("doubt.adopted", row, task)));
          return 0;
        });
  }

  @Command(
      name = "resubmit",
      mixinStandardHelpOptions = true,
      description = {
        "Sends rows in doubt again with the next run.",
        "If the gateway did take the first request, both are charged."
      })
  int resubmit(
      @Mixin HomeOptions home,
      @Mixin BatchOption batch,
      @Parameters(paramLabel = "ROW", arity = "0..*") List<String> rows,
      @Option(names = "--all", description = "All rows in doubt.") boolean all) {
    return decide(
        home,
        batch,
        DoubtDesk.Decision.RESUBMIT,
        rows,
        all,
        ReelbatchCommand.phrases(spec).say("doubt.resubmitted"));
  }

  @Command(
      name = "write-off",
      mixinStandardHelpOptions = true,
      description = "Gives rows in doubt up; rows that start from their videos are skipped.")
  int writeOff(
      @Mixin HomeOptions home,
      @Mixin BatchOption batch,
      @Parameters(paramLabel = "ROW", arity = "0..*") List<String> rows,
      @Option(names = "--all", description = "All rows in doubt.") boolean all) {
    return decide(
        home,
        batch,
        DoubtDesk.Decision.WRITE_OFF,
        rows,
        all,
        ReelbatchCommand.phrases(spec).say("doubt.written-off"));
  }

  private int decide(
      HomeOptions home,
      BatchOption batch,
      DoubtDesk.Decision decision,
      List<String> rows,
      boolean all,
      String done) {
    if (all != (rows == null || rows.isEmpty())) {
      throw Mistakes.of(
          spec.commandLine(), Message.verbatim(ReelbatchCommand.phrases(spec).say("doubt.name")));
    }
    List<RowKey> keys = all ? List.of() : rows.stream().map(RowKey::new).toList();
    return atDesk(
        home,
        batch,
        desk -> {
          List<RowKey> decided = desk.decide(decision, keys);
          decided.forEach(
              row -> spec.commandLine().getOut().println(OneLine.of(row + ": " + done)));
          if (decided.isEmpty()) {
            spec.commandLine().getOut().println(ReelbatchCommand.phrases(spec).say("doubt.none"));
          }
          return 0;
        });
  }

  private int atDesk(HomeOptions home, BatchOption batch, Function<DoubtDesk, Integer> work) {
    BatchName name = batch.name(spec.commandLine());
    DoubtDesk desk =
        new DoubtDesk(
            home.use("settling doubts of batch " + name, Map.of()), name, Operator.name());
    try {
      return work.apply(desk);
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }
}
