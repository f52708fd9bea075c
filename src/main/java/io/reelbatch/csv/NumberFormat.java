package io.reelbatch.csv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Excel shows the numbers of a cell.
 *
 * @param id its number in the workbook; null for the usual one
 * @param written as the workbook writes it; null where Excel knows it by its number
 */
record NumberFormat(@Nullable Integer id, @Nullable String written) {

  private static final MathContext OF_EXCEL = new MathContext(15, RoundingMode.HALF_UP);
  private static final int WIDEST = 11; // digits and point of a number in the usual format
  private static final int LONGEST_IN_FULL = 40;

  private static final Pattern SAID_ASIDE = Pattern.compile("\"[^\"]*\"|\\\\.|[_*].|\\[[^]]*]");
  private static final Pattern ELAPSED = Pattern.compile("(?i)\\[(h+|m+|s+)]");
  private static final Pattern TIMES = Pattern.compile("[ymdhs]");
  private static final Pattern ADORNMENT = Pattern.compile("_.|(?i)\\[(black|blue|red|green)]");
  private static final Pattern DIGITS = Pattern.compile("(#,##)?0(\\.0+)?%?(;.*)?");

  /** Whether they are dates or times. */
  boolean isOfTimes() {
    if (written == null) {
      // Known by their numbers in Chinese and Japanese Excel; the others the library writes out.
      return id != null && ((id >= 27 && id <= 36) || (id >= 50 && id <= 58));
    }
    String said = SAID_ASIDE.matcher(written).replaceAll("").toLowerCase(Locale.ROOT);
    return !isUsual() && (ELAPSED.matcher(written).find() || TIMES.matcher(said).find());
  }

  /** What is shown of a number; empty where it is cut to fit, or the format is a rare one. */
  Optional<String> shown(BigDecimal number) {
    int magnitude = number.precision() - number.scale();
    if (number.signum() == 0) {
      return isUsual() ? Optional.of("0") : digits(BigDecimal.ZERO);
    }
    if (magnitude > WIDEST || magnitude < -WIDEST) {
      return Optional.empty();
    }
    BigDecimal known = number.round(OF_EXCEL);
    return isUsual() ? usual(known) : digits(known);
  }

  /** A number in full, for columns that mean nothing. */
  String inFull(BigDecimal number) {
    return Math.abs((long) number.scale()) > LONGEST_IN_FULL
        ? number.toString()
        : plain(number.round(OF_EXCEL));
  }

  @Override
  public String toString() {
    return written != null ? "\"" + written + "\"" : id == null ? "General" : "number " + id;
  }

  private boolean isUsual() {
    return written == null
        ? id == null || id == 0
        : written.equalsIgnoreCase("General") || written.equals("@");
  }

  private static Optional<String> usual(BigDecimal number) {
    int whole = Math.max(1, number.precision() - number.scale());
    int decimals = Math.max(0, WIDEST - 1 - whole);
    String shown =
        plain(number.scale() > decimals ? number.setScale(decimals, RoundingMode.HALF_UP) : number);
    boolean isSmall = number.abs().compareTo(new BigDecimal("0.0001")) < 0;
    boolean isCut = new BigDecimal(shown).compareTo(number) != 0;
    boolean isLong = shown.replace("-", "").length() > WIDEST;
    return isLong || (isSmall && isCut) ? Optional.empty() : Optional.of(shown);
  }

  private Optional<String> digits(BigDecimal number) {
    String format = ADORNMENT.matcher(String.valueOf(written)).replaceAll("").strip();
    if (number.signum() < 0 || !DIGITS.matcher(format).matches()) {
      return Optional.empty();
    }
    DecimalFormat digits =
        new DecimalFormat(format.split(";", 2)[0], DecimalFormatSymbols.getInstance(Locale.ROOT));
    digits.setRoundingMode(RoundingMode.HALF_UP);
    return Optional.of(digits.format(number));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
