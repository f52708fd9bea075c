package io.reelbatch.cli;

import io.reelbatch.job.CheckDesk;
import io.reelbatch.job.DeskException;
import io.reelbatch.job.Ending;
import io.reelbatch.job.FixedInput;
import io.reelbatch.job.InputCheck;
import io.reelbatch.job.RunRequest;
import io.reelbatch.job.StandardInput;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--fix",
      paramLabel = "OUT.csv",
      description = {
        "Write the file anew and check that: slips mended where only one thing can be meant, values as"
            + " they are sent, UTF-8 that Excel opens right. Rows stay the rows that they are; prompts"
            + " and columns of your own are not touched, and no file is written over."
      })
  private @Nullable Path fix;

  @Mixin private HomeOptions home;

  @Override
  public Integer call() {
    List<InputFile> files = input.files(spec.commandLine());
    if (fix != null && files.size() > 1) {
      throw Mistakes.of(
          spec.commandLine(),
          Message.of(
              "--fix writes one file, but there are {0}; mend them one by one", files.size()));
    }
    if (fix != null && InitCommand.isForAWorkbook(fix)) {
      throw Mistakes.of(
          spec.commandLine(),
          Message.verbatim(ReelbatchCommand.phrases(spec).say("init.csv", fix)));
    }
    Ending worst = Ending.SUCCEEDED;
    for (InputFile file : files) {
      worst = RunSeries.worse(worst, check(file, files.size() == 1 ? "" : file.file() + ": "));
    }
    return worst.code();
  }

  private Ending check(InputFile file, String before) {
    try {
      if (!file.isStandardInput()) {
        return check(file.file(), file.batch(), before);
      }
      try (StandardInput rows = input.standardInput(spec.commandLine())) {
        return check(rows.file(), file.batch(), before);
      }
    } catch (DeskException e) {
      spec.commandLine().getErr().println(before + ReelbatchCommand.phrases(spec).say(e.told()));
      return e.ending();
    }
  }

  private Ending check(Path file, BatchName batch, String before) {
    Map<String, String> settings = new LinkedHashMap<>();
    input.putInto(settings);
    RunRequest request =
        new RunRequest(
            file,
            batch,
            file.toAbsolutePath(), // no results are written
            null,
            input.invalid(),
            home.use("checking the input of batch " + batch, settings));
    CheckDesk desk = new CheckDesk(request);
    InputCheck check;
    if (fix == null) {
      check = desk.check();
      printer(batch, file, before).print(check);
    } else {
      FixedInput fixed = desk.fix(fix);
      check = fixed.check();
      printer(batch, Objects.requireNonNullElse(fixed.file(), file), before).print(fixed);
    }
    return check.errors().isEmpty() ? Ending.SUCCEEDED : Ending.REJECTED;
  }

  private CheckPrinter printer(BatchName batch, Path file, String before) {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    return new CheckPrinter(
        batch,
        before,
        new ErrorPrinter(file, before, SystemTerminal.width(), phrases),
        spec.commandLine().getOut(),
        phrases);
  }
}
