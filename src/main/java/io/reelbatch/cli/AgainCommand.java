package io.reelbatch.cli;

import io.reelbatch.job.AgainDesk;
import io.reelbatch.job.DeskException;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Orders rows once more by name. */
@Command(
    name = "again",
    mixinStandardHelpOptions = true,
    description = {
      "Orders rows once more that succeeded (another take), failed, were refused or lost.",
      "Nothing is sent here; the next 'run' sends them, and each is paid for again. What was made"
          + " before stays in the ledger and in results.jsonl."
    })
final class AgainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private HomeOptions home;
  @Mixin private BatchOption batch;

  @Parameters(
      paramLabel = "ROW",
      arity = "1..*",
      description = "The row's id, or its name in the column 'row' of the report.")
  private List<String> rows;

  @Override
  public Integer call() {
    BatchName name = batch.name(spec.commandLine());
    List<RowKey> keys = rows.stream().distinct().map(RowKey::new).toList();
    long released;
    try {
      released =
          new AgainDesk(
                  home.use("ordering rows of batch " + name + " once more", Map.of()),
                  name,
                  Operator.name())
              .again(keys);
    } catch (DeskException e) {
      spec.commandLine().getErr().println(ReelbatchCommand.phrases(spec).say(e.told()));
      return e.ending().code();
    }
    keys.forEach(
        row ->
            spec.commandLine()
                .getOut()
                .println(ReelbatchCommand.phrases(spec).say("again.done", row)));
    if (released > 0) {
      spec.commandLine()
          .getOut()
          .println(ReelbatchCommand.phrases(spec).say("again.then", released));
    }
    return 0;
  }
}
