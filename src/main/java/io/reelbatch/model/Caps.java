package io.reelbatch.model;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent at most; null: no such cap. Pure: who asks has the sums.
 *
 * @param batch by one batch over all its runs
 * @param day by all batches of the home in a day, by the time of the intent in UTC
 * @param month by all batches of the home in a month, likewise
 * @param sends paid requests of one batch over all its runs
 */
public record Caps(
    @Nullable Money batch, @Nullable Money day, @Nullable Money month, @Nullable Long sends) {

  /** Nothing is capped. */
  public static final Caps NONE = new Caps(null, null, null, null);

  /**
   * What is spent, reserved or in doubt so far. What is in doubt counts as spent: it may be.
   *
   * @param amount in the currency of the prices
   * @param sends paid requests that are in the sum
   * @param unpriced those of them whose price in that currency is not known
   */
  public record Sum(BigDecimal amount, long sends, long unpriced) {

    /** Nothing. */
    public static final Sum ZERO = new Sum(BigDecimal.ZERO, 0, 0);
  }

  private static final Of OF_BATCH = new Of(Message.of("--budget of this batch"), Message.NOTHING);
  private static final Of OF_DAY =
      new Of(
          Message.verbatim("reelbatch.budget.day"),
          Message.of(". The next day begins at 00:00 UTC: the same command goes on then"));
  private static final Of OF_MONTH =
      new Of(
          Message.verbatim("reelbatch.budget.month"),
          Message.of(
              ". The next month begins on its first at 00:00 UTC: the same command goes on then"));

  /**
   * What a cap is of.
   *
   * @param renewed when it begins anew, after all else that is said; empty if it never does
   */
  private record Of(Message name, Message renewed) {}

  /** Why a request must not be sent. */
  public record Reached(HaltCause cause, Reason reason) {}

  /** Whether any of them is about money. */
  public boolean needPrices() {
    return batch != null || day != null || month != null;
  }

  /** Whether any of them counts what other batches spend. */
  public boolean areShared() {
    return day != null || month != null;
  }

  /**
   * Whether one more request fits under every cap.
   *
   * @param price null if it is not known: under a cap of money it then does not fit
   * @return why not; empty if it fits
   */
  public Optional<Reached> check(
      Sum ofBatch, Sum ofDay, Sum ofMonth, Kind kind, @Nullable Money price) {
    if (sends != null && ofBatch.sends() >= sends) {
      return Optional.of(
          new Reached(
              HaltCause.LIMIT,
              Reason.of(
                  "limit",
                  Message.of(
                      "{0} paid requests were made for this batch; raise or drop --limit {1}",
                      ofBatch.sends(), sends))));
    }
    return check(batch, OF_BATCH, ofBatch, kind, price)
        .or(() -> check(day, OF_DAY, ofDay, kind, price))
        .or(() -> check(month, OF_MONTH, ofMonth, kind, price));
  }

  private static Optional<Reached> check(
      @Nullable Money cap, Of of, Sum sum, Kind kind, @Nullable Money price) {
    Message name = of.name();
    if (cap == null) {
      return Optional.empty();
    }
    if (price == null) {
      return unknown(
          Message.of("there is no price for '{0}', and the {1} is {2}", kind, name, cap));
    }
    if (sum.unpriced() > 0) {
      return unknown(
          Message.of(
              "{0} paid requests that count towards the {1} have no price in {2}",
              sum.unpriced(), name, cap.currency()));
    }
    BigDecimal after = sum.amount().add(price.amount());
    if (after.compareTo(cap.amount()) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Reached(
            HaltCause.BUDGET,
            Reason.of(
                "budget",
                Message.of(
                    "the {0} is {1}; {2} are spent, reserved or in doubt, and the next row costs {3}{4}",
                    name, cap, new Money(sum.amount(), cap.currency()), price, of.renewed()))));
  }

  private static Optional<Reached> unknown(Message what) {
    return Optional.of(
        new Reached(
            HaltCause.PRICE,
            Reason.of(
                "no_price",
                Message.of(
                    "{0}. A price that is not known never counts as nothing: set reelbatch.prices",
                    what))));
  }
}
