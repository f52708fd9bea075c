package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CertificateTest {

  @Test
  void aGoodOneEndsWithItsWord() {
    Certificate certificate = Certificate.of(good().plus(good()));

    assertThat(certificate.holds()).isTrue();
    assertThat(certificate.lines())
        .anyMatch(line -> line.startsWith("tasks                 2"))
        .anyMatch(line -> line.startsWith("kills                 2"))
        .anyMatch(line -> line.endsWith("2 when " + KillPoint.ANSWERED.text()))
        .last()
        .isEqualTo("all as promised");
  }

  @Test
  void aBadOneNamesEachBrokenPromise() {
    Verdict bad = Case.ordered("kite").reported("cat", "PLANNED", "").judged();

    Certificate certificate = Certificate.of(good().plus(bad));

    assertThat(certificate.holds()).isFalse();
    assertThat(certificate.lines())
        .anyMatch(line -> line.startsWith("BROKEN batch b1: explain every row: \"kite\""))
        .last()
        .isEqualTo("1 promises broken");
  }

  private static Verdict good() {
    return Case.ordered("kite")
        .accepted("kite", "t:1")
        .killed()
        .reported("kite", "SUCCEEDED", "t:1")
        .judged();
  }
}
