package io.reelbatch.cli;

import io.reelbatch.job.InvalidLines;
import io.reelbatch.job.StandardInput;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that reads files of rows. */
final class InputOptions {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "The rows: a CSV or an .xlsx, where one line is one video; - for standard input.",
        "Several files, or a folder for all that are directly in it, are one batch each."
      })
  private List<Path> named = new ArrayList<>();

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description =
          "Name under which the rows are kept (default: the file's name without its ending).")
  private @Nullable String batch;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "Encoding of the CSV, as GB18030 (default: found out by itself).")
  private @Nullable String charset;

  @Option(
      names = "--sheet",
      paramLabel = "NAME",
      description = "Sheet of a workbook, by its name or number (default: the first).")
  private @Nullable String sheet;

  @Option(
      names = "--skip-invalid",
      description = "Pass over lines that are wrong, instead of sending nothing at all.")
  private boolean skipInvalid;

  /**
   * All files that are meant, each with its batch.
   *
   * @throws CommandLine.ParameterException if they cannot all be batches of their own
   */
  List<InputFile> files(CommandLine line) {
    List<Path> all = expanded(line);
    if (all.size() > 1 && batch != null) {
      throw refused(
          line, Message.of("--batch names one batch, but there are {0} files", all.size()));
    }
    Map<BatchName, Path> batches = new LinkedHashMap<>();
    for (Path file : all) {
      if (InputFile.isStandardInput(file) && (batch == null || all.size() > 1)) {
        throw refused(
            line,
            Message.of(
                "standard input (-) has no name and stands alone: give one with --batch NAME"));
      }
      Path other = batches.put(batchOf(file, line), file);
      if (other != null) {
        throw refused(
            line,
            Message.of(
                "{0} and {1} would be the same batch; rename one, or run them by themselves, one of"
                    + " them with --batch",
                other, file));
      }
    }
    return batches.entrySet().stream()
        .map(each -> new InputFile(each.getValue(), each.getKey()))
        .toList();
  }

  private List<Path> expanded(CommandLine line) {
    List<Path> all = new ArrayList<>();
    for (Path each : named) {
      if (!Files.isDirectory(each)) {
        all.add(each);
        continue;
      }
      try {
        List<Path> files = InputFolder.files(each);
        if (files.isEmpty()) {
          throw refused(
              line, Message.of("the folder {0} has no .csv, .tsv or .xlsx with rows in it", each));
        }
        all.addAll(files);
      } catch (IOException e) {
        throw refused(line, Message.of("the folder {0} cannot be read", each));
      }
    }
    return all;
  }

  private BatchName batchOf(Path file, CommandLine line) {
    try {
      return batch == null
          ? BatchName.fromFileName(String.valueOf(file.toAbsolutePath().getFileName()))
          : new BatchName(batch);
    } catch (IllegalArgumentException e) {
      throw Mistakes.of(line, Message.of("{0}. Give one with --batch", Message.of(e)));
    }
  }

  private static CommandLine.ParameterException refused(CommandLine line, Message why) {
    return Mistakes.of(line, Message.of("{0}. Nothing was sent", why));
  }

  /**
   * Reads standard input to its end, and says that it waits where nothing has come yet.
   *
   * @throws io.reelbatch.job.DeskException if nothing came, or not all
   */
  StandardInput standardInput(CommandLine line) {
    if (isQuiet()) {
      line.getErr().println(ReelbatchCommand.phrases(line.getCommandSpec()).say("input.waits"));
    }
    return StandardInput.read(System.in);
  }

  private static boolean isQuiet() {
    try {
      return System.in.available() == 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** The words of a command that name files. */
  List<String> words() {
    return named.stream().map(Path::toString).toList();
  }

  InvalidLines invalid() {
    return skipInvalid ? InvalidLines.SKIP : InvalidLines.REJECT;
  }

  /** Puts what stands for a setting. */
  void putInto(Map<String, String> settings) {
    if (charset != null) {
      settings.put("reelbatch.csv.charset", charset);
    }
    if (sheet != null) {
      settings.put("reelbatch.csv.sheet", sheet);
    }
  }
}
