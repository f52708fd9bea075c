package io.reelbatch.cli;

import io.reelbatch.job.InvalidLines;
import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that reads a file of rows. */
final class InputOptions {

  @Parameters(
      paramLabel = "FILE",
      description = "The rows, a CSV or an .xlsx; one line is one video.")
  @SuppressWarnings("NullAway.Init") // is required
  private Path file;

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

  Path file() {
    return file;
  }

  BatchName batch(CommandLine line) {
    try {
      return batch == null
          ? BatchName.fromFileName(String.valueOf(file.toAbsolutePath().getFileName()))
          : new BatchName(batch);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(line, e.getMessage() + ". Give one with --batch", e);
    }
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
