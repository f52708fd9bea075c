package io.reelbatch.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {

  @TempDir Path folder;

  @Test
  void thoseOfTheJdkStayTrusted() throws Exception {
    Roots roots = Roots.of(Authority.in(folder).pem());

    assertThat(roots.all())
        .hasSizeGreaterThan(20)
        .anyMatch(one -> one.toString().contains("Our Authority"));
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nx\n");

    assertThatThrownBy(() -> Roots.of(empty)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Roots.of(wrong)).isInstanceOf(IllegalArgumentException.class);
  }
}
