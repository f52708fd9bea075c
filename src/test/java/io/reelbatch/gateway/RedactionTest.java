package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private final Redaction redaction = new Redaction(new ApiKey("sk/a.b\""));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk/a.b\"",
        "sk\\/a.b\\\"",
        "sk\\\\/a.b\\\\\\\"",
        "s\\u006B/a.b\\u0022",
        "sk%2Fa.b%22",
        "sk%2fa.b%22"
      })
  void theKeyIsHiddenHoweverItIsWritten(String key) {
    assertThat(redaction.clean("bad key " + key + "!")).isEqualTo("bad key ***!");
  }

  @Test
  void whatOnlyLooksLikeTheKeyStays() {
    assertThat(redaction.clean("sk/aXb\" sk/a.c")).isEqualTo("sk/aXb\" sk/a.c");
  }

  @Test
  void aTextIsCleanedBeforeItIsCutSoThatNoHalfKeyStays() {
    assertThat(redaction.cut("12345sk/a.b\"", 8)).isEqualTo("12345***");
  }

  @Test
  void aCutNeverHalvesACharacter() {
    assertThat(redaction.cut("a😀b", 2)).isEqualTo("a");
    assertThat(redaction.cut("a😀b", 3)).isEqualTo("a😀");
  }

  @Test
  void aCharacterThatDatabasesRefuseIsReplaced() {
    assertThat(redaction.clean("a\0b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void noTextMakesTheSearchSlow() {
    String hostile = "\\".repeat(500_000) + "sk/a.".repeat(100_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(redaction.clean(hostile)).isNotEmpty());
  }
}
