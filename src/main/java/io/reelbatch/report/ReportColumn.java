package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the report adds to the input's columns, in the order in which it adds them. */
enum ReportColumn {
  LINE,
  ROW,
  STATE,
  TASK_ID,
  VIDEO_URL,
  VIDEO_FILE,
  LINK_EXPIRES_AT,
  ERROR_CODE,
  ERROR_MESSAGE,
  ERROR_MESSAGE_ZH,
  ATTEMPTS,
  SUBMITTED_AT,
  FINISHED_AT,
  SECONDS,
  POLLS,
  COST;

  /** The column's name in the files. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A text or a number whose {@code toString()} is its plain form; null when unknown. */
  @Nullable Object value(ReportLine line) {
    return switch (this) {
      case LINE -> line.line();
      case ROW -> textOrNull(line.row());
      case STATE -> line.state().name();
      case TASK_ID -> textOrNull(line.task());
      case VIDEO_URL -> line.link();
      case VIDEO_FILE -> line.video() == null ? null : line.video().file();
      case LINK_EXPIRES_AT -> time(line.linkExpiresAt());
      case ERROR_CODE -> line.error() == null ? null : saidOrNull(line.error().code());
      case ERROR_MESSAGE -> line.error() == null ? null : saidOrNull(line.error().message());
      case ERROR_MESSAGE_ZH -> messageZh(line.error());
      case ATTEMPTS -> line.attempts();
      case SUBMITTED_AT -> time(line.submittedAt());
      case FINISHED_AT -> time(line.finishedAt());
      case SECONDS -> seconds(line.submittedAt(), line.finishedAt());
      case POLLS -> line.polls();
      case COST -> cost(line.cost());
    };
  }

  private static @Nullable String textOrNull(@Nullable Object id) {
    return id == null ? null : id.toString();
  }

  /** A reason keeps what the gateway left out as an empty text; here that is unknown. */
  private static @Nullable String saidOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String messageZh(@Nullable Reason error) {
    return error == null ? null : error.messageZh();
  }

  /** Whole seconds: spreadsheets do not read a time with a fraction. */
  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Unknown also when the end belongs to an earlier attempt, or a clock was set back. */
  private static @Nullable BigDecimal seconds(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null || to.isBefore(from)) {
      return null;
    }
    BigDecimal tenths =
        BigDecimal.valueOf(Duration.between(from, to).toMillis(), 3)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return tenths.setScale(Math.max(tenths.scale(), 0));
  }

  /** With the digits that people expect of the currency, and more where the price has more. */
  static @Nullable String cost(@Nullable Money cost) {
    if (cost == null) {
      return null;
    }
    int usual = Math.max(cost.currency().getDefaultFractionDigits(), 0);
    BigDecimal amount = cost.amount().setScale(Math.max(cost.amount().scale(), usual));
    return amount.toPlainString() + ' ' + cost.currency().getCurrencyCode();
  }
}
