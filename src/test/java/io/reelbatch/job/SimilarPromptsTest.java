package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimilarPromptsTest {

  private final SimilarPrompts prompts = new SimilarPrompts();

  @Test
  void caseSpacesAndPunctuationMakeNoOtherPrompt() {
    prompts.add("A red kite, over snow.");
    prompts.add("a red  kite over snow");
    prompts.add("a red kite over SNOW！");

    assertThat(prompts.alike()).isEqualTo(2);
  }

  @Test
  void anotherWordDoesAndSoDoesAnotherChineseSign() {
    prompts.add("a red kite");
    prompts.add("a red kit");
    prompts.add("雪地里的红风筝");
    prompts.add("雪地里的红色风筝");

    assertThat(prompts.alike()).isZero();
  }

  @Test
  void whatIsTheSameToTheLetterIsNotCountedHere() {
    prompts.add("a red kite");
    prompts.add("a red kite");

    assertThat(prompts.alike()).isZero();
  }

  @Test
  void manyAreCounted() {
    for (int i = 0; i < 3000; i++) {
      prompts.add("kite " + i);
      prompts.add("Kite " + i);
    }

    assertThat(prompts.alike()).isEqualTo(3000);
  }
}
