package io.reelbatch.model;

import org.jspecify.annotations.Nullable;

/**
 * Why something did not end well: the gateway's own words, verbatim, or ours where it said nothing.
 *
 * @param code a short machine-readable word; the gateway's where it gave one
 * @param messageZh the Chinese text where the gateway gave one of its own
 */
public record Reason(String code, String message, @Nullable String messageZh) {

  public static Reason of(String code, String message) {
    return new Reason(code, message, null);
  }

  @Override
  public String toString() {
    return message.isBlank() ? code : code + ": " + message;
  }
}
