package io.reelbatch.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A word in square brackets in a prompt that chooses what happens; see the package's page. */
enum Directive {
  REFUSE("refuse", Ending.COMPLETED),
  SENTINEL("sentinel", Ending.COMPLETED),
  MODERATED("moderated", Ending.MODERATED),
  FAIL("fail", Ending.UPSTREAM_ERROR),
  HANG_UP("hang-up", Ending.COMPLETED),
  EMPTY("empty", Ending.COMPLETED),
  STUCK("stuck", Ending.NEVER),
  SLOW("slow", Ending.COMPLETED),
  VANISH("vanish", Ending.VANISHED),
  NO_LINK("no-link", Ending.WITHOUT_LINK),
  BUSY("busy", Ending.COMPLETED);

  private static final Pattern WORD = Pattern.compile("\\[sim:([^\\]]*)\\]");

  private final String word;
  private final Ending ending;

  Directive(String word, Ending ending) {
    this.word = word;
    this.ending = ending;
  }

  /** How a task made under this directive ends. */
  Ending ending() {
    return ending;
  }

  /**
   * The first directive of a prompt, if it has one.
   *
   * @throws IllegalArgumentException if the first {@code [sim:…]} is none that exists
   */
  static Optional<Directive> in(String prompt) {
    Matcher matcher = WORD.matcher(prompt);
    if (!matcher.find()) {
      return Optional.empty();
    }
    for (Directive directive : values()) {
      if (directive.word.equals(matcher.group(1))) {
        return Optional.of(directive);
      }
    }
    throw new IllegalArgumentException(
        "the simulator knows no "
            + matcher.group()
            + "; it knows "
            + Arrays.stream(values())
                .map(known -> "[sim:" + known.word + "]")
                .collect(Collectors.joining(" ")));
  }
}
