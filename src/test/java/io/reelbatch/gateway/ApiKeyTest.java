package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

  @Test
  void aKeyIsNeverPrinted() {
    assertThat(new ApiKey("sk-secret")).hasToString("ApiKey[***]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "sk secret", "sk-secret\n", "\uFEFFsk-secret", "sk-sécret"})
  void aKeyThatCannotStandInAHeaderIsRefusedWithoutShowingIt(String value) {
    assertThatThrownBy(() -> new ApiKey(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("API key")
        .hasMessageNotContaining("cret");
  }

  @Test
  void theMessageSaysWhereTheWrongCharacterStands() {
    assertThatThrownBy(() -> new ApiKey("sk-secret\n")).hasMessageContaining("place 10 of 10");
  }
}
