package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CompletionCommandTest {

  @Test
  void wordsAreOfferedAsPeopleTypeThem() {
    assertThat(script())
        .contains("(\"en\" \"zh\")", "(\"keep\" \"resubmit\")")
        .doesNotContain("\"EN\"", "\"KEEP\"");
  }

  @Test
  void soIsWhatTheStartScriptAloneKnows() {
    assertThat(script()).containsPattern("local commands=\".*\\bprepare\\b.*\"");
  }

  private static String script() {
    StringWriter said = new StringWriter();
    CommandLine line = ReelbatchCommand.whole(Language.EN).setOut(new PrintWriter(said, true));
    assertThat(line.execute("completion")).isZero();
    return said.toString();
  }
}
