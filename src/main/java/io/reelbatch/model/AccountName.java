package io.reelbatch.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a key of the gateway is called: kept with every paid request, so that a task is always asked
 * after with the key that made it. Never the key itself.
 */
public record AccountName(String value) {

  /** Of those who have one key. */
  public static final AccountName DEFAULT = new AccountName("default");

  private static final Pattern WRITTEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * A name that a person writes. Ledgers may hold others, of when it was a mere label.
   *
   * @throws IllegalArgumentException if it could not be part of a setting's name
   */
  public static AccountName written(String text) {
    AccountName name = new AccountName(text.strip());
    if (!WRITTEN.matcher(name.value).matches()) {
      throw new NotAllowedException(
          Message.of("an account is called by letters, digits, '-', '_' and '.', as studio-1"));
    }
    if (name.uniform().endsWith("file")) {
      throw new NotAllowedException(
          Message.of(
              "an account cannot be called so: {0} is where the name of a file with a key is looked"
                  + " for",
              name.variable()));
    }
    return name;
  }

  /** Without what differs between the ways of writing a setting: {@code studio1}. */
  public String uniform() {
    return value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The environment variable that holds its key: {@code REELBATCH_API_KEY_STUDIO_1}. */
  public String variable() {
    return equals(DEFAULT)
        ? "REELBATCH_API_KEY"
        : "REELBATCH_API_KEY_" + value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public String toString() {
    return value;
  }
}
