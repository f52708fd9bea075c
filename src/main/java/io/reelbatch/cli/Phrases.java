package io.reelbatch.cli;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import io.reelbatch.pacing.StopCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the commands say, in the language of whoever reads it. */
final class Phrases {

  private static final double SECOND = 1_000;

  private final Words words;

  Phrases(Language language) {
    this.words = Words.beside(Phrases.class, language);
  }

  /** The text of a key with its places filled in. */
  String say(String key, Object... values) {
    return words.say(key, values);
  }

  /** A message of another part of the program. */
  String say(Message message) {
    return message.in(language());
  }

  /** What they are in. */
  Language language() {
    return words.language();
  }

  /** How a run ended, which a status tells in a word. */
  String ending(String word) {
    String key = "ending." + word.toUpperCase(Locale.ROOT);
    return words.under(key).containsKey("") ? say(key) : word.replace('_', ' ');
  }

  /** Where requests go. */
  String gateway(String origin) {
    return origin.equals(BuiltInGateway.ORIGIN) ? say("simulator") : origin;
  }

  /** These beside each other. */
  String join(List<String> parts) {
    return String.join(say("join"), parts);
  }

  /** How many are in which state. */
  String states(Counts counts) {
    List<String> parts = new ArrayList<>();
    for (RowState state : RowState.values()) {
      long n = counts.of(state);
      if (n > 0) {
        parts.add(say("count." + state, n));
      }
    }
    return join(parts);
  }

  /** About so long. */
  String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < 120
        ? say("time.s", seconds)
        : seconds < 7200
            ? say("time.min", seconds / 60)
            : say("time.h", tenths((double) seconds / 3600));
  }

  /** A short time, as exactly as somebody cares. */
  String shortTime(Duration time) {
    long millis = time.toMillis();
    return millis < SECOND
        ? say("time.ms", millis)
        : millis < 10 * SECOND
            ? say("time.s.tenths", tenths((double) millis / SECOND))
            : say("time.s", Math.round((double) millis / SECOND));
  }

  /** With one place after the point. */
  static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** Sums in different currencies beside each other. */
  static String money(List<Money> sums) {
    return String.join(" + ", sums.stream().map(Money::toString).toList());
  }

  /**
   * Why something did not go well, in the gateway's Chinese where it has some and that is asked.
   */
  String reason(Reason reason) {
    return reason.in(language());
  }

  String cause(StopCause cause) {
    return say("stop." + cause);
  }

  String cause(HaltCause cause) {
    return say("halt." + cause);
  }
}
