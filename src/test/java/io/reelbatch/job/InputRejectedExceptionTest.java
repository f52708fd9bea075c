package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputRejectedExceptionTest {

  @Test
  void whatIsWrongIsToldInTheOrderOfTheLines() {
    InputRejectedException rejected =
        new InputRejectedException(List.of(wrong(5), wrong(2), wrong(3)));

    assertThat(rejected.errors()).extracting(LineError::line).containsExactly(2L, 3L, 5L);
  }

  private static LineError wrong(long line) {
    return new LineError(line, Message.verbatim("wrong"));
  }
}
