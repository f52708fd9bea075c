package io.reelbatch.cli;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Names the batch that a command is about. */
final class BatchOption {

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      required = true,
      description = "The batch, as 'run' names it in its first line.")
  @SuppressWarnings("NullAway.Init") // is required
  private String batch;

  /** As it was typed, with a space in front. */
  String typed() {
    return " --batch " + Shell.word(batch);
  }

  BatchName name(CommandLine line) {
    try {
      return new BatchName(batch);
    } catch (IllegalArgumentException e) {
      throw Mistakes.of(line, Message.of(e));
    }
  }
}
