package io.reelbatch.report;

import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.model.RowState.WRITTEN_OFF;
import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.AttemptLine;
import io.reelbatch.ledger.SettlementLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {

  @Test
  void anAnswerInJsonIsEmbeddedAsItCame() {
    assertThat(lineWith("{\"price\":1.10,\"status\":\"完成\",\"id\":12345678901234567890}"))
        .endsWith(",\"raw\":{\"price\":1.10,\"status\":\"完成\",\"id\":12345678901234567890}}\n");
  }

  @Test
  void anAnswerOverSeveralLinesStaysOneLine() {
    String json = lineWith("{\r\n  \"a\": \"b\\n\"\n}\n");

    assertThat(json.strip()).doesNotContain("\n", "\r");
    assertThat(raw(json).get("a").stringValue()).isEqualTo("b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "<html>502 Bad Gateway</html>",
        "{\"cut\": \"in the mid",
        "{} {}",
        "{\"a\":1}}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "// note\n{}",
        "\ufeff{\"a\":1}",
        "{\"a\":\"bare\nbreak\"}",
        "{\"a\":01}"
      })
  void anAnswerThatIsNotJsonIsText(String answer) {
    assertThat(raw(lineWith(answer)).stringValue()).isEqualTo(answer);
  }

  @Test
  void anAnswerNestedBeyondReasonIsText() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(raw(lineWith(deep)).stringValue()).isEqualTo(deep);
  }

  @Test
  void everyPaidRequestAndEveryWordOfAPersonIsTold() {
    Instant at = Instant.parse("2026-11-20T08:00:00.5Z");
    Reason no = new Reason("broken", "it broke", "坏了");
    Money cost = new Money(new BigDecimal("0.5"), Currency.getInstance("USD"));

    String json =
        new JsonLines(CarriedColumns.of(List.of("prompt", "settlements")))
            .line(
                line(2, "kite", "mine")
                    .attempted(
                        new AttemptLine(
                            1, 4, at, "ACCEPTED", new TaskId("t1"), "failed", null, no, cost))
                    .attempted(new AttemptLine(2, 5, at, null, null, null, null, null, null))
                    .settled(new SettlementLine(2, "written off", null, "ann", at))
                    .is(WRITTEN_OFF));

    assertThat(json)
        .contains(
            "\"input.settlements\":\"mine\"",
            "\"attempt_history\":[{\"number\":1,\"round\":4,"
                + "\"submitted_at\":\"2026-11-20T08:00:00Z\",\"outcome\":\"ACCEPTED\","
                + "\"task_id\":\"t1\",\"status\":\"failed\",\"video_url\":null,"
                + "\"code\":\"broken\",\"message\":\"it broke\",\"message_zh\":\"坏了\","
                + "\"cost\":\"0.50 USD\"},{\"number\":2,",
            "\"settlements\":[{\"action\":\"written off\",\"operator\":\"ann\","
                + "\"at\":\"2026-11-20T08:00:00Z\",\"attempt\":2,\"task_id\":null}]");
  }

  @Test
  void aRowThatStartsFromAnotherNamesItAndTheTopOfItsChain() {
    JsonLines lines = new JsonLines(CarriedColumns.of(List.of("source")));

    assertThat(lines.line(line(4, "b").startingFrom("b", "a").is(SUCCEEDED)))
        .contains("\"source\":\"b\"", "\"source_row\":\"b\",\"chain_row\":\"a\"");
    assertThat(lines.line(line(2, "").is(SUCCEEDED)))
        .contains("\"source\":\"\"", "\"source_row\":null,\"chain_row\":null");
  }

  private static String lineWith(String raw) {
    return new JsonLines(CarriedColumns.of(List.of("prompt")))
        .line(line(2, "kite").raw(raw).is(SUCCEEDED));
  }

  private static JsonNode raw(String json) {
    return JsonMapper.shared().readTree(json).get("raw");
  }
}
