package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTest {

  @Test
  void theStrongestVariableThatIsSetDecides() {
    assertThat(Language.of(Map.of("LANG", "zh_CN.UTF-8"), Locale.US)).isEqualTo(Language.ZH);
    assertThat(Language.of(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C"), Locale.CHINA))
        .isEqualTo(Language.EN);
    assertThat(
            Language.of(
                Map.of("LC_MESSAGES", "zh_TW", "LANG", "en_US.UTF-8", "LC_ALL", ""), Locale.US))
        .isEqualTo(Language.ZH);
    assertThat(Language.of(Map.of("REELBATCH_LANG", "zh_CN.GBK", "LC_ALL", "C.UTF-8"), Locale.US))
        .isEqualTo(Language.ZH);
  }

  @Test
  void withoutOneItIsTheMachines() {
    assertThat(Language.of(Map.of(), Locale.SIMPLIFIED_CHINESE)).isEqualTo(Language.ZH);
    assertThat(Language.of(Map.of(), Locale.FRANCE)).isEqualTo(Language.EN);
  }
}
