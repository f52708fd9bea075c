package io.reelbatch.report;

import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that a person may type next, ready for a POSIX shell.
 *
 * @param folder where the run was started; its arguments may be relative to it
 * @param run the run's own arguments, with their first word
 * @param home the options that name its home
 */
public record Commands(Path folder, List<String> run, List<String> home) {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  /** Copies. */
  public Commands {
    run = List.copyOf(run);
    home = List.copyOf(home);
  }

  /** The run once more. */
  public String again() {
    return in(folder, run);
  }

  /** The run once more, which also orders what failed. */
  String retry() {
    List<String> words = new ArrayList<>(run);
    if (!words.contains("--retry-failed")) {
      words.add("--retry-failed");
    }
    return in(folder, words);
  }

  /**
   * A command about the batch.
   *
   * @param what its words; one in capitals stands for what the person fills in
   */
  String about(BatchName batch, String... what) {
    List<String> words = new ArrayList<>(List.of(what));
    words.add("--batch");
    words.add(batch.value());
    words.addAll(home);
    return line(words);
  }

  private static String in(Path folder, List<String> words) {
    return "cd " + quoted(folder.toString()) + " && " + line(words);
  }

  private static String line(List<String> words) {
    return "reelbatch " + words.stream().map(Commands::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
