package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsTest {

  private static final Kind KIND = new Kind("create sora-2");
  private static final Caps.Sum ZERO = Caps.Sum.ZERO;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # cap, spent so far, of them unpriced, price of the next, what it means
          10, 0,    0, 10,    fits
          10, 0,    0, 10.01, BUDGET
          10, 9.5,  0, 0.5,   fits
          10, 9.51, 0, 0.5,   BUDGET
          10, 10,   0, 0,     fits
          10, 12,   0, 0,     BUDGET
          0,  0,    0, 0.01,  BUDGET
          10, 0,    0, -,     PRICE
          10, 0,    1, 1,     PRICE
          -,  99,   9, -,     fits
          """)
  void theTableOfACap(
      @Nullable String cap, String spent, long unpriced, @Nullable String price, String meaning) {
    Caps.Sum sum = new Caps.Sum(new BigDecimal(spent), 3, unpriced);

    assertThat(word(new Caps(usd(cap), null, null, null).check(sum, ZERO, ZERO, KIND, usd(price))))
        .isEqualTo(meaning);
    assertThat(word(new Caps(null, usd(cap), null, null).check(ZERO, sum, ZERO, KIND, usd(price))))
        .isEqualTo(meaning);
    assertThat(word(new Caps(null, null, usd(cap), null).check(ZERO, ZERO, sum, KIND, usd(price))))
        .isEqualTo(meaning);
  }

  @Test
  void aLimitCountsRequestsAndNeedsNoPrice() {
    Caps caps = new Caps(null, null, null, 2L);

    assertThat(caps.check(sends(1), ZERO, ZERO, KIND, null)).isEmpty();
    assertThat(word(caps.check(sends(2), ZERO, ZERO, KIND, null))).isEqualTo("LIMIT");
    assertThat(word(caps.check(sends(3), ZERO, ZERO, KIND, usd("0")))).isEqualTo("LIMIT");
    assertThat(caps.needPrices()).isFalse();
  }

  @Test
  void capsOfADayAndOfAMonthAreSharedWithOtherBatches() {
    assertThat(new Caps(usd("1"), null, null, 2L).areShared()).isFalse();
    assertThat(new Caps(null, usd("1"), null, null).areShared()).isTrue();
    assertThat(new Caps(null, null, usd("1"), null).areShared()).isTrue();
  }

  @Test
  void everyCapHoldsForItself() {
    Caps caps = new Caps(usd("10"), usd("5"), usd("7"), 100L);

    assertThat(message(caps, "9", "4", "6")).isEqualTo("");
    assertThat(message(caps, "10", "4", "6")).contains("--budget", "10 USD");
    assertThat(message(caps, "9", "5", "6")).contains("reelbatch.budget.day", "5 USD");
    assertThat(message(caps, "9", "4", "7")).contains("reelbatch.budget.month", "7 USD");
  }

  @Test
  void anyCapOfMoneyNeedsPrices() {
    assertThat(new Caps(usd("1"), null, null, null).needPrices()).isTrue();
    assertThat(new Caps(null, usd("1"), null, null).needPrices()).isTrue();
    assertThat(new Caps(null, null, usd("1"), null).needPrices()).isTrue();
    assertThat(Caps.NONE.needPrices()).isFalse();
  }

  private static String message(Caps caps, String batch, String day, String month) {
    return caps.check(sum(batch), sum(day), sum(month), KIND, usd("1"))
        .map(reached -> reached.reason().message())
        .orElse("");
  }

  private static String word(Optional<Caps.Reached> reached) {
    return reached.map(why -> why.cause().name()).orElse("fits");
  }

  private static Caps.Sum sum(String amount) {
    return new Caps.Sum(new BigDecimal(amount), 1, 0);
  }

  private static Caps.Sum sends(long sends) {
    return new Caps.Sum(BigDecimal.ZERO, sends, 0);
  }

  private static @Nullable Money usd(@Nullable String amount) {
    return amount == null ? null : new Money(new BigDecimal(amount), Currency.getInstance("USD"));
  }
}
