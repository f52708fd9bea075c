package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys, ids, reasons: the small words that stand in reports and logs. */
class NamesTest {

  @Test
  void aRowWithoutAnIdIsKnownByWhatItAsksForAndItsOccurrence() {
    var hash = new ContentHash("0123456789abcdef0123");

    assertThat(RowKey.of(hash, 1)).hasToString("~0123456789abcdef0123.1");
    assertThat(RowKey.of(hash, 2)).isNotEqualTo(RowKey.of(hash, 1));
  }

  @Test
  void aRowsKeyIsNeverEmpty() {
    assertThat(new RowKey("kite 1")).hasToString("kite 1");
    assertThatThrownBy(() -> new RowKey(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row's key is not empty");
  }

  @Test
  void aTaskIdIsKeptExactlyAsItCame() {
    assertThat(new TaskId(" sora-2:task_1/%2F ")).hasToString(" sora-2:task_1/%2F ");
    assertThatThrownBy(() -> new TaskId("\t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a task id is not empty");
  }

  @Test
  void aReasonShowsItsCodeAndTheGatewaysWords() {
    assertThat(Reason.of("no_link", "no link came")).hasToString("no_link: no link came");
    assertThat(Reason.of("http_502", " ")).hasToString("http_502");
    assertThat(Reason.of("http_502", "").messageZh()).isNull();
  }

  @Test
  void pollingGoesOnUnlessItsAnswersCouldNotBeBelievedOrKept() {
    Stream<HaltCause> pollingGoesOn =
        Stream.of(HaltCause.values()).filter(HaltCause::pollingGoesOn);

    assertThat(pollingGoesOn)
        .containsExactly(
            HaltCause.BALANCE, HaltCause.ROUTE, HaltCause.BUDGET, HaltCause.LIMIT, HaltCause.PRICE);
  }

  @Test
  void everyCauseOfAHaltSaysWhatHappened() {
    assertThat(HaltCause.values())
        .extracting(HaltCause::text)
        .doesNotHaveDuplicates()
        .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(20));
  }

  @Test
  void whatWasNeverSentHasNoEvidence() {
    var notSent = new SendOutcome.NotSent(Reason.of("connect", "refused"));

    assertThat(notSent.evidence()).isEqualTo(new Evidence(null, null, null));
  }
}
