package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.BatchName;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipe that may have been cut off is no input. */
class StandardInputTest {

  @TempDir Path folder;

  @Test
  void whatIsWholeIsTakenInEveryEncodingAndFormat() throws IOException {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      for (Charset charset :
          new Charset[] {
            StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, Charset.forName("GBK")
          }) {
        byte[] bytes = ("\uFEFFprompt" + end + "红" + end).getBytes(charset);
        try (StandardInput read = StandardInput.read(new ByteArrayInputStream(bytes))) {
          assertThat(read.file()).hasBinaryContent(bytes);
        }
      }
    }
    try (StandardInput read = StandardInput.read(of("PK\u0003\u0004 a workbook"))) {
      assertThat(read.file()).isNotEmptyFile();
    }
  }

  @Test
  void whatIsEmptyOrMayBeCutIsRefused() {
    for (String text : new String[] {"", "p", "prompt\na ki", "prompt\nx", "\n\u0000"}) {
      assertThatThrownBy(() -> StandardInput.read(of(text)))
          .isInstanceOf(DeskException.class)
          .hasMessageContaining("Nothing was sent")
          .extracting(e -> ((DeskException) e).ending())
          .isEqualTo(Ending.REJECTED);
    }
  }

  @Test
  void whatBreaksWhileItIsReadIsNoInput() {
    InputStream broken =
        new FilterInputStream(of("prompt\n")) {
          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            throw new IOException("the pipe is broken");
          }
        };

    assertThatThrownBy(() -> StandardInput.read(broken))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("the pipe is broken");
  }

  @Test
  void itIsKeptForItsUserAloneInPlaceOfTheOneBefore() throws IOException {
    Home home = new Home(folder);
    BatchName batch = new BatchName("nightly");
    for (String rows : new String[] {"prompt\na kite\n", "prompt\na dog\n"}) {
      try (StandardInput read = StandardInput.read(of(rows))) {
        read.keep(batch, home);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(read.file())))
            .isEqualTo("rw-------");
      }
      Path kept = StandardInput.placeOf(batch, home);
      assertThat(kept).hasContent(rows);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
    }
    assertThat(folder.resolve("inputs")).isDirectoryNotContaining(each -> each.endsWith(".new"));
  }

  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
