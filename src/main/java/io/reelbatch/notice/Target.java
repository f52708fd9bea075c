package io.reelbatch.notice;

import io.reelbatch.model.Language;
import io.reelbatch.model.OneLine;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to be told. Prints without its address and its secret.
 *
 * @param name as the settings call it
 * @param address a secret, too: whoever has it may write there
 * @param secret with which messages are signed; null where they are not
 * @param timeout longest wait for a connection, and for an answer
 */
public record Target(
    String name,
    Channel channel,
    URI address,
    @Nullable String secret,
    Occasion when,
    Language language,
    Duration timeout) {

  private static final String HIDDEN = "***";
  private static final int LONGEST_QUOTE = 200;

  // Shorter ones are words as "send" or "v2", and hiding them would garble what is said.
  private static final int SHORTEST_SECRET = 6;

  /** What was said, fit to be shown: in one line, not too long, without address and secret. */
  String quoted(String said) {
    String clean = said;
    for (String hidden : hidden()) {
      clean = clean.replace(hidden, HIDDEN);
    }
    String line = OneLine.of(clean.strip());
    return line.codePointCount(0, line.length()) <= LONGEST_QUOTE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }

  /** The longest first: a piece must not spoil the whole. */
  private List<String> hidden() {
    List<String> pieces = new ArrayList<>();
    pieces.add(address.toString());
    for (String part :
        new String[] {
          address.getRawPath(), address.getPath(), address.getRawQuery(), address.getQuery()
        }) {
      if (part != null) {
        pieces.add(part);
        pieces.addAll(List.of(part.split("[/&=?]")));
      }
    }
    if (secret != null) {
      pieces.add(secret);
    }
    return pieces.stream()
        .filter(piece -> piece.length() >= SHORTEST_SECRET)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  @Override
  public String toString() {
    return "Target[" + name + ", " + channel + "]";
  }
}
