package io.reelbatch.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of a batch: creations of three families of models, remixes and extensions of rows of the
 * same file, and rows that are refused, fail, wait or lose their answer at the gateway.
 */
final class Scenario {

  private static final String HEADER = "id,operation,prompt,model,source,start_time";
  private static final List<String> MODELS =
      List.of("", "sora-2", "sora-2-pro", "grok-video-3", "veo3.1-fast");
  private static final List<String> DIRECTIVES =
      List.of("refuse", "sentinel", "moderated", "fail", "hang-up", "empty", "no-link");
  private static final int SPECIAL_PERCENT = 16;
  private static final int CHAINED_PERCENT = 15;

  private final List<String> lines = new ArrayList<>();
  private final List<String> prompts = new ArrayList<>();

  /** Draws the rows of the batch with this name. */
  Scenario(String batch, int rows, SplittableRandom random) {
    for (int row = 1; row <= rows; row++) {
      String prompt = "%s row %04d, a \"kite\" over 雪山".formatted(batch, row);
      int percent = random.nextInt(100);
      if (percent < SPECIAL_PERCENT) {
        String directive = DIRECTIVES.get(random.nextInt(DIRECTIVES.size()));
        add("", "", prompt + " [sim:" + directive + "]", "", "", "");
      } else if (percent < SPECIAL_PERCENT + CHAINED_PERCENT && row + 1 < rows) {
        chain(prompt, "s" + row, random);
        row++;
      } else {
        add("", "", prompt, MODELS.get(random.nextInt(MODELS.size())), "", "");
      }
    }
  }

  // The one that starts from the other stands first now and then: order does not matter to the CSV.
  private void chain(String prompt, String source, SplittableRandom random) {
    boolean remix = random.nextBoolean();
    boolean backwards = random.nextInt(4) == 0;
    Runnable first =
        () -> add(source, "create", prompt + ", first", remix ? "sora-2" : "grok-video-3", "", "");
    Runnable second =
        () -> add("", remix ? "remix" : "extend", prompt + ", then", "", source, remix ? "" : "3");
    (backwards ? second : first).run();
    (backwards ? first : second).run();
  }

  private void add(
      String id, String operation, String prompt, String model, String source, String start) {
    prompts.add(prompt);
    lines.add(
        String.join(
            ",", id, operation, '"' + prompt.replace("\"", "\"\"") + '"', model, source, start));
  }

  /** What is ordered, line by line. */
  List<String> prompts() {
    return List.copyOf(prompts);
  }

  /** Writes the CSV into the folder. */
  Path write(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("shots.csv"), HEADER + "\n" + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the rows of a batch", e);
    }
  }
}
