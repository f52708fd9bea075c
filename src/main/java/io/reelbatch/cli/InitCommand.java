package io.reelbatch.cli;

import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a file of rows to begin from. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a CSV to begin from: a row for each thing that can be asked for, and what its columns"
          + " mean.",
      "Spreadsheets open it as it is. Nothing is sent; try it with 'check' or 'run --simulate'."
    })
final class InitCommand implements Callable<Integer> {

  // Without it, Excel takes UTF-8 for the encoding of its country.
  private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE.csv",
      arity = "0..1",
      defaultValue = "shots.csv",
      description =
          "The file to write; one that is there is left alone (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // has a default
  private Path file;

  @Override
  public Integer call() {
    if (isForAWorkbook(file)) {
      return refused(ReelbatchCommand.phrases(spec).say("init.csv", file));
    }
    try (InputStream starter =
            Objects.requireNonNull(InitCommand.class.getResourceAsStream(starter()));
        OutputStream written = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      written.write(MARK);
      starter.transferTo(written);
    } catch (FileAlreadyExistsException e) {
      return refused(ReelbatchCommand.phrases(spec).say("init.exists", file));
    } catch (NoSuchFileException e) {
      return refused(
          ReelbatchCommand.phrases(spec)
              .say("init.folder", file, String.valueOf(file.toAbsolutePath().getParent())));
    } catch (IOException e) {
      Phrases phrases = ReelbatchCommand.phrases(spec);
      return refused(phrases.say("init.failed", file, phrases.say(DiskTrouble.words(e))));
    }
    spec.commandLine().getOut().println(ReelbatchCommand.phrases(spec).say("init.wrote", file));
    return 0;
  }

  /** Whether Excel would look for a workbook in it, and refuse a CSV. */
  static boolean isForAWorkbook(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.xls[xmb]?");
  }

  private String starter() {
    return ReelbatchCommand.phrases(spec).language() == Language.ZH
        ? "starter.zh.csv"
        : "starter.csv";
  }

  private int refused(String why) {
    spec.commandLine().getErr().println(why);
    return 2;
  }
}
