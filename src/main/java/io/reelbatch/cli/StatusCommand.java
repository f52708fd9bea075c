package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.Standing;
import io.reelbatch.job.Standings;
import io.reelbatch.job.StatusDesk;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says where the batches of a home stand. */
@Command(
    name = "status",
    aliases = "batches",
    mixinStandardHelpOptions = true,
    description = {
      "Shows where a batch stands, or all batches of the home, a line each: states, money, doubts,"
          + " how long it takes.",
      "While a run goes on, its batch is shown as the run last told of it; the others can be seen"
          + " when it has ended. Sends nothing, changes no state and needs no key."
    })
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;

  @Parameters(
      paramLabel = "BATCH",
      arity = "0..1",
      description = "The batch, as 'run' names it in its first line.")
  private @Nullable String batch;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    StatusDesk desk = new StatusDesk(home.use("showing where its batches stand", Map.of()));
    try {
      if (batch == null) {
        Standings all = desk.all();
        print(
            all,
            () -> new StatusPrinter(out, home.typed(), ReelbatchCommand.phrases(spec)).list(all));
      } else {
        Standing one = desk.of(name(batch));
        print(
            one,
            () ->
                new StatusPrinter(out, home.typed(), ReelbatchCommand.phrases(spec))
                    .show(one, desk.age(one)));
      }
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }

  private BatchName name(String text) {
    try {
      return new BatchName(text);
    } catch (IllegalArgumentException e) {
      throw Mistakes.of(spec.commandLine(), Message.of(e));
    }
  }

  private void print(Object standing, Runnable words) {
    if (json) {
      spec.commandLine()
          .getOut()
          .println(
              JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(standing));
    } else {
      words.run();
    }
  }
}
