package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {

  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  /** Tools of those who work on the program, and picocli's own command. */
  private static final Set<String> ENGLISH = Set.of("simulate", "selftest", "help");

  @Test
  void everyCommandAndEveryOptionIsExplainedInChinese() {
    List<String> missing = new ArrayList<>();

    look(ReelbatchCommand.whole(Language.ZH), missing);

    assertThat(missing).isEmpty();
  }

  @Test
  void theEnglishHelpIsEnglish() {
    ReelbatchCommand.whole(Language.EN)
        .getSubcommands()
        .values()
        .forEach(
            command ->
                assertThat(command.getUsageMessage(Ansi.OFF)).doesNotContainPattern(CHINESE));
  }

  @Test
  void exitCodesAreTheSameInBothLanguages() {
    assertThat(codes(Language.ZH)).isEqualTo(codes(Language.EN)).hasSize(9);
  }

  private static Set<String> codes(Language language) {
    return ReelbatchCommand.whole(language).getCommandSpec().usageMessage().exitCodeList().keySet();
  }

  private static void look(CommandLine command, List<String> missing) {
    String name = command.getCommandSpec().qualifiedName(" ");
    if (ENGLISH.contains(command.getCommandName())) {
      return;
    }
    note(name, command.getCommandSpec().usageMessage().description(), missing);
    for (ArgSpec arg : command.getCommandSpec().args()) {
      note(name + " " + arg, arg.description(), missing);
    }
    command.getSubcommands().values().forEach(next -> look(next, missing));
  }

  private static void note(String what, String[] said, List<String> missing) {
    for (String text : said) {
      if (!CHINESE.matcher(text).find()) {
        missing.add(what + ": " + text);
      }
    }
  }
}
