package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgeTest {

  @Test
  void whatWentAsPromisedBreaksNothing() {
    Verdict verdict =
        Case.ordered("kite", "cat", "boat")
            .answered("kite", 429)
            .accepted("kite", "t:1")
            .answered("cat", 400)
            .acceptedUnheard("boat", "t:2")
            .polled("t:1")
            .reported("kite", "SUCCEEDED", "t:1")
            .reported("cat", "REFUSED", "")
            .reported("boat", "IN_DOUBT", "")
            .judged();

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.of(Figure.SUBMISSIONS)).isEqualTo(4);
    assertThat(verdict.of(Figure.TASKS)).isEqualTo(2);
    assertThat(verdict.of(Figure.IN_DOUBT)).isEqualTo(1);
    assertThat(verdict.of(Figure.UNKNOWN_TASKS)).isEqualTo(1);
    assertThat(verdict.of(Figure.DOUBT_BY_KILLS)).isZero();
  }

  @Test
  void anOrderWithTwoTasksIsADuplicateAndNamedWithBoth() {
    Verdict verdict =
        Case.ordered("kite")
            .accepted("kite", "t:1")
            .killed()
            .accepted("kite", "t:2")
            .reported("kite", "SUCCEEDED", "t:2")
            .judged();

    assertThat(verdict.of(Figure.DUPLICATES)).isEqualTo(1);
    assertThat(verdict.of(Figure.LOST)).isEqualTo(1);
    assertThat(verdict.of(Figure.OVERSPEND)).isEqualTo(1);
    assertThat(verdict.broken())
        .anySatisfy(line -> assertThat(line).contains("pay twice", "\"kite\"", "t:1", "t:2"))
        .anySatisfy(line -> assertThat(line).contains("lose", "\"kite\"", "t:1"))
        .anySatisfy(line -> assertThat(line).contains("2 tasks where 1 were allowed"));
  }

  @Test
  void aTaskBeyondTheCapIsOverspendThoughItWasOrdered() {
    Verdict verdict =
        Case.ordered("kite", "boat")
            .capped(1)
            .accepted("kite", "t:1")
            .accepted("boat", "t:2")
            .reported("kite", "SUCCEEDED", "t:1")
            .reported("boat", "SUCCEEDED", "t:2")
            .judged();

    assertThat(verdict.of(Figure.OVERSPEND)).isEqualTo(1);
    assertThat(verdict.of(Figure.DUPLICATES)).isZero();
  }

  @Test
  void aSecondRequestAfterARefusalOrALostAnswerIsADuplicate() {
    assertThat(Case.ordered("kite").answered("kite", 400).answered("kite", 400).judged().broken())
        .anyMatch(line -> line.contains("pay twice"));
    assertThat(Case.ordered("kite").answered("kite", 0).answered("kite", 429).judged().broken())
        .anyMatch(line -> line.contains("pay twice"));
    assertThat(Case.ordered("kite").answered("kite", 502).answered("kite", 400).judged().broken())
        .anyMatch(line -> line.contains("pay twice"));
  }

  @Test
  void aTaskThatNoRowKnowsAndNoneDoubtsIsLost() {
    Verdict verdict =
        Case.ordered("kite").accepted("kite", "t:1").reported("kite", "FAILED", "").judged();

    assertThat(verdict.of(Figure.LOST)).isEqualTo(1);
    assertThat(verdict.broken()).singleElement().asString().contains("lose", "\"kite\"", "t:1");
  }

  @Test
  void aDoubtExplainsATaskOnlyIfAKillCouldHaveCutItsAnswer() {
    Verdict cut =
        Case.ordered("kite")
            .accepted("kite", "t:1")
            .killed()
            .reported("kite", "IN_DOUBT", "")
            .judged();
    Verdict heard =
        Case.ordered("kite").accepted("kite", "t:1").reported("kite", "IN_DOUBT", "").judged();

    assertThat(cut.broken()).isEmpty();
    assertThat(cut.of(Figure.DOUBT_BY_KILLS)).isEqualTo(1);
    assertThat(heard.of(Figure.LOST)).isEqualTo(1);
    assertThat(heard.broken()).anyMatch(line -> line.contains("nobody killed the program"));
  }

  @Test
  void aDoubtExplainsOneTaskAlone() {
    Verdict verdict =
        Case.ordered("kite")
            .acceptedUnheard("kite", "t:1")
            .acceptedUnheard("kite", "t:2")
            .reported("kite", "IN_DOUBT", "")
            .judged();

    assertThat(verdict.of(Figure.UNKNOWN_TASKS)).isEqualTo(1);
    assertThat(verdict.of(Figure.LOST)).isEqualTo(1);
    assertThat(verdict.broken()).anyMatch(line -> line.contains("t:2): the row in doubt stands"));
  }

  @Test
  void aTaskThatWasPolledAndThenForgottenIsLost() {
    Verdict verdict =
        Case.ordered("kite")
            .accepted("kite", "t:1")
            .polled("t:1")
            .killed()
            .reported("kite", "IN_DOUBT", "")
            .judged();

    assertThat(verdict.broken()).singleElement().asString().contains("had read its id", "t:1");
  }

  @Test
  void aRowThatShowsTheTaskOfAnotherIsNamed() {
    Verdict verdict =
        Case.ordered("kite", "cat")
            .accepted("kite", "t:1")
            .accepted("cat", "t:2")
            .reported("kite", "SUCCEEDED", "t:2")
            .reported("cat", "SUCCEEDED", "t:2")
            .judged();

    assertThat(verdict.broken())
        .anySatisfy(line -> assertThat(line).contains("\"kite\" shows task t:2"))
        .anySatisfy(line -> assertThat(line).contains("lose", "\"kite\"", "t:1"));
  }

  @Test
  void moreDoubtsThanKillsCanExplainAreBroken() {
    Verdict verdict =
        Case.ordered("kite", "cat")
            .killed()
            .reported("kite", "IN_DOUBT", "")
            .reported("cat", "IN_DOUBT", "")
            .judged();

    assertThat(verdict.of(Figure.BOUND)).isEqualTo(1);
    assertThat(verdict.broken()).singleElement().asString().contains("2 rows", "1 at most");
  }

  @Test
  void everyInputLineMustStandInTheResultsOnceAndInOrder() {
    assertThat(
            Case.ordered("kite", "cat")
                .reported("kite", "PLANNED", "")
                .reported("kite", "PLANNED", "")
                .judged()
                .broken())
        .hasSize(2)
        .anyMatch(line -> line.contains("\"kite\" is 2 times"))
        .anyMatch(line -> line.contains("\"cat\" is 0 times"));
    assertThat(
            Case.ordered("kite", "cat")
                .reported("cat", "PLANNED", "")
                .reported("kite", "PLANNED", "")
                .judged()
                .of(Figure.UNEXPLAINED))
        .isEqualTo(1);
  }

  @Test
  void whatNobodyOrderedOrNobodyFinishedIsNamed() {
    Verdict verdict =
        Case.ordered("kite")
            .accepted("kite", "t:1")
            .accepted("dog", "t:2")
            .reported("kite", "ACCEPTED", "t:1")
            .misbehaved("start 1 ended with 1")
            .judged();

    assertThat(verdict.broken())
        .anyMatch(line -> line.contains("nobody ordered \"dog\""))
        .anyMatch(line -> line.contains("\"kite\" is left ACCEPTED"))
        .anyMatch(line -> line.contains("start 1 ended with 1"));
  }
}
