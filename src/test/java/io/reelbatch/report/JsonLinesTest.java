package io.reelbatch.report;

import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;

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

  private static String lineWith(String raw) {
    return new JsonLines(CarriedColumns.of(List.of("prompt")))
        .line(line(2, "kite").raw(raw).is(SUCCEEDED));
  }

  private static JsonNode raw(String json) {
    return JsonMapper.shared().readTree(json).get("raw");
  }
}
