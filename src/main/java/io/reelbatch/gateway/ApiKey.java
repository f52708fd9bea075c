package io.reelbatch.gateway;

import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;

/**
 * The secret that pays. Prints as {@code ApiKey[***]}.
 *
 * @param value as the gateway's console shows it, without {@code Bearer}
 */
public record ApiKey(String value) {

  /**
   * Takes a key that can stand in a header.
   *
   * @throws IllegalArgumentException if the key is empty, or has white space, control characters or
   *     letters outside ASCII; the message never shows the key
   */
  public ApiKey {
    if (value.isBlank()) {
      throw new NotAllowedException(Message.of("the API key is empty"));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new NotAllowedException(
            Message.of(
                "the API key has a character that no key has (white space, control or not ASCII), at"
                    + " place {0} of {1}; it was probably copied with something around it",
                i + 1, value.length()));
      }
    }
  }

  @Override
  public String toString() {
    return "ApiKey[***]";
  }
}
