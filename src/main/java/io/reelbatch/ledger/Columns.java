package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How values stand in columns. Whatever comes from outside must fit, however odd or long it is: a
 * paid id stands in the same transaction.
 */
final class Columns {

  /** Length of the short outside texts: codes, request ids, status words. */
  static final int SHORT = 400;

  /** Length of the long outside texts: messages and answers. H2 takes no more than 1,048,576. */
  static final int LONG = 1_000_000;

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Columns() {}

  /** The account of an attempt that was joined; there is none beside a task of a damaged ledger. */
  static AccountName account(ResultSet row, BatchRecord batch) throws SQLException {
    String account = row.getString("account");
    return account == null ? batch.account() : new AccountName(account);
  }

  /** A condition with a place for each of these accounts, at least one. */
  static String isOneOf(String column, Set<AccountName> accounts) {
    return column + " in (" + String.join(", ", Collections.nCopies(accounts.size(), "?")) + ")";
  }

  /** A short text from outside: cut, and without what PostgreSQL refuses. */
  static @Nullable String word(@Nullable String text) {
    return text == null ? null : storable(cut(text, SHORT));
  }

  /** The same for a column of another length. */
  static String word(String text, int length) {
    return storable(cut(text, length));
  }

  /** A long text from outside: cut, and without what PostgreSQL refuses. */
  static @Nullable String text(@Nullable String text) {
    return text == null ? null : storable(cut(text, LONG));
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    // Half a surrogate pair would be refused.
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  private static String storable(String text) {
    return isStorable(text) ? text : replaced(text, c -> "\uFFFD");
  }

  /**
   * A name that must keep every character, and is never cut: one that no database takes is written
   * as a visible {@code \\u0000}, which in JSON text means the same.
   */
  static String escaped(String text) {
    return isStorable(text) ? text : replaced(text, c -> String.format("\\u%04x", (int) c));
  }

  static @Nullable String escapedOrNull(@Nullable String text) {
    return text == null ? null : escaped(text);
  }

  private interface Replacement {
    String of(char refused);
  }

  private static String replaced(String text, Replacement replacement) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isStorable(text, i)) {
        result.append(text.charAt(i));
      } else {
        result.append(replacement.of(text.charAt(i)));
      }
    }
    return result.toString();
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** PostgreSQL refuses NUL and halves of surrogate pairs. */
  private static boolean isStorable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c != '\0';
  }

  /** A reason in these columns and the one of the Chinese text; null if both are empty. */
  static @Nullable Reason reason(ResultSet row, String code, String message) throws SQLException {
    String word = row.getString(code);
    String text = row.getString(message);
    return word == null && text == null
        ? null
        : new Reason(
            word == null ? "" : word, text == null ? "" : text, row.getString(message + "_zh"));
  }

  /** As exact as the database keeps it, so that what was written is found by it. */
  static OffsetDateTime utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  /** An instant that the gateway named; null if it cannot be meant. */
  static @Nullable OffsetDateTime outsideUtc(@Nullable Instant instant) {
    return instant == null || instant.isBefore(FIRST) || instant.isAfter(LAST)
        ? null
        : utc(instant);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
