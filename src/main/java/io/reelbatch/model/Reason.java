package io.reelbatch.model;

import org.jspecify.annotations.Nullable;

/**
 * Why something did not end well: the gateway's own words, verbatim, or ours where it said nothing.
 *
 * @param code a short machine-readable word; the gateway's where it gave one
 * @param messageZh the same in Chinese where the gateway gave that, or where the words are ours
 */
public record Reason(String code, String message, @Nullable String messageZh) {

  /** Somebody else's words, in one language. */
  public static Reason of(String code, String message) {
    return new Reason(code, message, null);
  }

  /** Our own words, in both. */
  public static Reason of(String code, Message message) {
    return new Reason(code, message.toString(), message.in(Language.ZH));
  }

  /** The message alone. */
  public String message(Language language) {
    return language == Language.ZH && messageZh != null && !messageZh.isBlank()
        ? messageZh
        : Message.ofText(message).in(language);
  }

  /** As people are told it in that language; the gateway's words are in its own. */
  public String in(Language language) {
    String said = message(language);
    if (said.isBlank()) {
      return code;
    }
    return language == Language.ZH && said.equals(messageZh) ? said : code + ": " + said;
  }

  @Override
  public String toString() {
    return in(Language.EN);
  }
}
