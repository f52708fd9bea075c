package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MistakesTest {

  @Test
  void aSettingWithoutAValueIsToldWithAnExampleAndNotRepeatedSinceItMayBeAKey() {
    assertThat(said(Language.EN, "status", "--set", "sk-secret"))
        .contains("--set takes NAME=VALUE, such as --set reelbatch.poll.interval=20s")
        .contains("Nothing was sent")
        .doesNotContain("option option", "sk-secret");
    assertThat(said(Language.ZH, "status", "--set", "sk-secret"))
        .contains("--set", "NAME=VALUE", "--set reelbatch.poll.interval=20s", "没有提交任何内容")
        .doesNotContain("sk-secret");
  }

  private static String said(Language language, String... words) {
    StringWriter said = new StringWriter();
    CommandLine line = ReelbatchCommand.whole(language).setErr(new PrintWriter(said, true));

    assertThat(line.execute(words)).isEqualTo(2);

    return said.toString();
  }
}
