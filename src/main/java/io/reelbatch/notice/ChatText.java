package io.reelbatch.notice;

import io.reelbatch.model.Language;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A notice as a few lines for a chat: what happened, the one command to type, money, where the
 * report is. Plain text: no chat is asked to interpret anything in it.
 */
final class ChatText {

  private static final int MOST_BYTES_OF_A_LINE = 500;

  private final Words words;
  private final List<String> lines = new ArrayList<>();
  private final int most;
  private int bytes;

  private ChatText(Language language, int most) {
    this.words = Words.beside(ChatText.class, language);
    this.most = most;
  }

  /**
   * All but the title.
   *
   * @param most bytes in UTF-8, with the title; what does not fit is left out in whole lines, the
   *     last ones first
   */
  static String of(Notice notice, Language language, int most) {
    ChatText text = new ChatText(language, most);
    text.bytes = size(notice.title()) + 1;
    text.add(notice.text());
    notice.needs().stream().findFirst().ifPresent(text::addFirst);
    notice.needs().stream().skip(1).forEach(need -> text.add("• " + need.title()));
    for (Notice.Cost cost : notice.money()) {
      text.add(text.words.say("money", cost.charged(), cost.reserved(), cost.currency()));
    }
    if (notice.report() != null) {
      text.addWhole(text.words.say("report") + notice.report());
    }
    return String.join("\n", text.lines);
  }

  private void addFirst(Notice.Need need) {
    add("• " + need.title() + (need.text().isBlank() ? "" : " — " + need.text()));
    if (need.command() != null && !addWhole(need.command())) {
      add(words.say("command.long"));
    }
  }

  private void add(String line) {
    addWhole(cut(OneLine.of(line)));
  }

  /** Half a command or half a path is worse than none. */
  private boolean addWhole(String said) {
    String line = OneLine.of(said);
    int more = size(line) + 1;
    if (bytes + more > most) {
      return false;
    }
    bytes += more;
    return lines.add(line);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String cut(String line) {
    if (size(line) <= MOST_BYTES_OF_A_LINE) {
      return line;
    }
    StringBuilder cut = new StringBuilder();
    int bytes = size("…");
    for (int point : line.codePoints().toArray()) {
      String character = Character.toString(point);
      bytes += size(character);
      if (bytes > MOST_BYTES_OF_A_LINE) {
        break;
      }
      cut.append(character);
    }
    return cut.append('…').toString();
  }
}
