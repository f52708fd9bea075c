package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void tenTimesTenCentsIsExactlyOneDollar() {
    var sum = Stream.generate(() -> usd("0.10")).limit(10).reduce(usd("0"), Money::plus);

    assertThat(sum).isEqualTo(usd("1"));
  }

  @Test
  void theSameAmountIsTheSameHoweverItIsWritten() {
    assertThat(usd("20.00")).isEqualTo(usd("20")).hasSameHashCodeAs(usd("2E+1"));
    assertThat(usd("0.000")).isEqualTo(usd("0"));
  }

  @Test
  void anAmountIsShownInFullNeverWithAnExponent() {
    assertThat(usd("1000.00")).hasToString("1000 USD");
    assertThat(usd("0.00000015")).hasToString("0.00000015 USD");
  }

  @Test
  void dollarsAndYuanAreNeverAdded() {
    var yuan = new Money(BigDecimal.ONE, Currency.getInstance("CNY"));

    assertThatThrownBy(() -> usd("1").plus(yuan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot add CNY to USD");
  }

  private static Money usd(String amount) {
    return new Money(new BigDecimal(amount), Currency.getInstance("USD"));
  }
}
