package io.reelbatch.cli;

import io.reelbatch.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or zh (default: the language of this machine).")
  private @Nullable Language lang;

  @Override
  public Integer call() {
    try (InputStream starter =
            Objects.requireNonNull(InitCommand.class.getResourceAsStream(starter()));
        OutputStream written = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      written.write(MARK);
      starter.transferTo(written);
    } catch (FileAlreadyExistsException e) {
      return refused(file + " is there already and was left as it is; name another file");
    } catch (IOException e) {
      return refused("cannot write " + file + ": " + e.getMessage());
    }
    spec.commandLine()
        .getOut()
        .println(
            "wrote "
                + file
                + ". Change its rows, then: check "
                + file
                + ", and without paying: run "
                + file
                + " --simulate");
    return 0;
  }

  private String starter() {
    Language language = lang == null ? Language.of(System.getenv(), Locale.getDefault()) : lang;
    return language == Language.ZH ? "starter.zh.csv" : "starter.csv";
  }

  private int refused(String why) {
    spec.commandLine().getErr().println(why);
    return 2;
  }
}
