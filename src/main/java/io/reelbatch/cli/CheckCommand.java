package io.reelbatch.cli;

import io.reelbatch.job.CheckDesk;
import io.reelbatch.job.DeskException;
import io.reelbatch.job.Ending;
import io.reelbatch.job.InputCheck;
import io.reelbatch.job.RunRequest;
import io.reelbatch.model.BatchName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a run of a file would come to. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows everything that 'run' would refuse, or what it would send and what that would cost.",
      "Sends nothing, changes no state and needs no key."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private InputOptions input;
  @Mixin private HomeOptions home;

  @Override
  public Integer call() {
    BatchName batch = input.batch(spec.commandLine());
    Map<String, String> settings = new LinkedHashMap<>();
    input.putInto(settings);
    RunRequest request =
        new RunRequest(
            input.file(),
            batch,
            input.file().toAbsolutePath(), // no results are written
            null,
            input.invalid(),
            home.use("checking the input of batch " + batch, settings));
    try {
      InputCheck check = new CheckDesk(request).check();
      new CheckPrinter(batch, spec.commandLine().getOut(), ReelbatchCommand.phrases(spec))
          .print(check);
      return (check.errors().isEmpty() ? Ending.SUCCEEDED : Ending.REJECTED).code();
    } catch (DeskException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.ending().code();
    }
  }
}
