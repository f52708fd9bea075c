package io.reelbatch.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that needs a person, in the person's language.
 *
 * @param steps what to type: first of all the first one, then one of the others
 */
public record Need(Tone tone, String title, String text, List<Step> steps) {

  /** Copies. */
  public Need {
    steps = List.copyOf(steps);
  }

  /** How pressing it is. */
  enum Tone {
    BAD,
    WARN,
    PLAIN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A command.
   *
   * @param label in which case it is the right one; empty where there is no question
   */
  public record Step(String label, String command) {}

  /** The command to type first; empty where none helps. */
  public Optional<String> command() {
    return steps.stream().findFirst().map(Step::command);
  }
}
