package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class PricesTest {

  private static final Currency USD = Currency.getInstance("USD");

  @Test
  void theRuleThatSaysMostCounts() {
    Prices prices =
        prices(
            rule(null, null, null, null, "1"),
            rule("sora-2", null, null, null, "2"),
            rule("sora-2", null, null, "15", "3"),
            rule("sora-2", Operation.CREATE, "large", "15", "4"));

    assertThat(prices.of(create("veo", "large", 15))).contains(usd("1"));
    assertThat(prices.of(create("sora-2", "large", 10))).contains(usd("2"));
    assertThat(prices.of(create("sora-2", "small", 15))).contains(usd("3"));
    assertThat(prices.of(create("sora-2", "large", 15))).contains(usd("4"));
  }

  @Test
  void ofTwoRulesThatSayAsMuchTheDearerCounts() {
    Prices prices =
        prices(
            rule("sora-2", null, null, "15", "3"),
            rule("sora-2", null, "large", null, "5"),
            rule("sora-2", Operation.CREATE, null, null, "4"));

    assertThat(prices.of(create("sora-2", "large", 15))).contains(usd("5"));
  }

  @Test
  void aLengthThatIsSentAsSecondsCountsAsTheDuration() {
    Order order =
        new Order(
            Operation.CREATE,
            "m",
            "kite",
            Map.of("seconds", tools.jackson.databind.node.StringNode.valueOf("8")));

    assertThat(prices(rule("m", null, null, "8", "1")).of(order)).contains(usd("1"));
    assertThat(prices(rule("m", null, null, "4", "1")).of(order)).isEmpty();
  }

  @Test
  void whatNoRuleFitsHasNoPriceAndIsNotFree() {
    Prices prices = prices(rule("sora-2", Operation.EXTEND, null, null, "1"));

    assertThat(prices.of(create("sora-2", "large", 15))).isEmpty();
    assertThat(Prices.UNKNOWN.of(create("sora-2", "large", 15))).isEmpty();
  }

  @Test
  void pricesAreUnknownOnlyWhereNeitherOurRulesNorTheCatalogueHaveAny() {
    PriceRule rule = rule("sora-2", null, null, null, "1");

    assertThat(Prices.UNKNOWN.areUnknown()).isTrue();
    assertThat(new Prices(USD, List.of(rule)).areUnknown()).isFalse();
    assertThat(new Prices(USD, List.of(), List.of(rule)).areUnknown()).isFalse();
  }

  @Test
  void aRuleAboutASizeDoesNotFitAnOrderWithout() {
    Order plain = new Order(Operation.CREATE, "sora-2", "kite", Map.of());

    assertThat(prices(rule(null, null, "large", null, "1")).of(plain)).isEmpty();
    assertThat(prices(rule(null, null, null, "15", "1")).of(plain)).isEmpty();
  }

  @Test
  void aValueThatIsNoPlainValueFitsNoRule() {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("size", JsonNodeFactory.instance.arrayNode().add("large"));
    Order odd = new Order(Operation.CREATE, "sora-2", "kite", fields);

    assertThat(prices(rule(null, null, "large", null, "1")).of(odd)).isEmpty();
  }

  @Test
  void aRemixIsPricedUnderItsOwnName() {
    Order remix = new Order(Operation.REMIX, null, "kite", Map.of());

    assertThat(prices(rule("remix", null, null, null, "7")).of(remix)).contains(usd("7"));
    assertThat(prices(rule("sora-2", null, null, null, "7")).of(remix)).isEmpty();
  }

  @Test
  void whatTheCatalogueSaysCountsOnlyWhereNoRuleFits() {
    Prices prices =
        new Prices(
            USD,
            List.of(rule(null, Operation.CREATE, "large", null, "2")),
            List.of(rule("sora-2", Operation.CREATE, null, null, "9")));

    assertThat(prices.of(create("sora-2", "large", 15))).contains(usd("2"));
    assertThat(prices.of(create("sora-2", "small", 15))).contains(usd("9"));
    assertThat(prices.of(create("veo3", "small", 15))).isEmpty();
  }

  @Test
  void aPriceIsNotNegative() {
    assertThatThrownBy(() -> rule(null, null, null, null, "-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThat(prices(rule(null, null, null, null, "0")).of(create("x", "large", 1)))
        .contains(usd("0"));
  }

  private static Prices prices(PriceRule... rules) {
    return new Prices(USD, List.of(rules));
  }

  private static PriceRule rule(
      @Nullable String model,
      @Nullable Operation operation,
      @Nullable String size,
      @Nullable String duration,
      String price) {
    return new PriceRule(model, operation, size, duration, new BigDecimal(price));
  }

  private static Order create(String model, String size, int duration) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("size", JsonNodeFactory.instance.stringNode(size));
    fields.put("duration", JsonNodeFactory.instance.numberNode(duration));
    return new Order(Operation.CREATE, model, "kite", fields);
  }

  private static Money usd(String amount) {
    return new Money(new BigDecimal(amount), USD);
  }
}
