package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands on a terminal in the end. */
class ScreenTest {

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Sized window = new Sized();
  private final PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
  private final Screen screen = new Screen(out, window, StandardCharsets.UTF_8);

  private static final class Sized implements Screen.Window {
    private int columns = 20;
    private int rows = 24;

    @Override
    public int columns() {
      return columns;
    }

    @Override
    public int rows() {
      return rows;
    }
  }

  @Test
  void whatIsPaintedTakesThePlaceOfWhatWasPainted() {
    screen.paint(List.of("sent 1", "done 0", "failed: shot-7"));
    screen.paint(List.of("sent 22", "done 1"));

    assertThat(shown()).containsExactly("sent 22", "done 1");
  }

  @Test
  void whatHasNotChangedIsNotPaintedAgain() {
    screen.paint(List.of("sent 1"));
    int before = terminal.size();

    screen.paint(List.of("sent 1"));

    assertThat(terminal.size()).isEqualTo(before);
  }

  @Test
  void wholeLinesOfOthersScrollByAboveAndWhatIsNoneYetIsHeldBack() throws Exception {
    try (PrintStream words = new PrintStream(screen.above(out), true, StandardCharsets.UTF_8)) {
      screen.paint(List.of("sent 1", "done 0"));
      words.println("a note");
      words.print("half of ");
      screen.paint(List.of("sent 2", "done 0"));
      assertThat(shown()).containsExactly("a note", "sent 2", "done 0");

      words.println("a line");
      words.print("the end");
    }

    assertThat(shown()).containsExactly("a note", "half of a line", "the end", "sent 2", "done 0");
  }

  @Test
  void aLogThatGoesElsewhereGoesThere() {
    PrintStream words = new PrintStream(screen.above(log), true, StandardCharsets.UTF_8);
    screen.paint(List.of("sent 1"));

    words.println("WARN something");

    assertThat(log.toString(StandardCharsets.UTF_8).strip()).isEqualTo("WARN something");
    assertThat(shown()).containsExactly("sent 1");
  }

  @Test
  void whatIsTooWideOrTooHighIsCutAndChineseCountsTwice() {
    window.columns = 11;
    window.rows = 4;

    screen.paint(List.of("一二三四五六七", "0123456789", "third", "fourth"));

    assertThat(shown()).containsExactly("一二三四…", "0123456789");
  }

  @Test
  void aWindowThatChangesCostsNobodysLines() throws Exception {
    try (PrintStream words = new PrintStream(screen.above(out), true, StandardCharsets.UTF_8)) {
      words.println("a note");
      screen.paint(List.of("sent 1", "done 0"));
      window.columns = 60;
      screen.paint(List.of("sent 1", "done 0"));
    }

    assertThat(shown()).containsExactly("a note", "", "sent 1", "done 0");
  }

  /** A terminal just large enough, which knows what the program writes. */
  private List<String> shown() {
    java.util.ArrayList<StringBuilder> rows = new java.util.ArrayList<>();
    rows.add(new StringBuilder());
    int row = 0;
    int column = 0;
    String text = terminal.toString(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
        if (row == rows.size()) {
          rows.add(new StringBuilder());
        }
      } else if (c == '\u001b') {
        int end = i + 2;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        switch (text.charAt(end)) {
          case 'A' -> row -= Integer.parseInt(text.substring(i + 2, end));
          case 'K' -> rows.get(row).setLength(column);
          case 'J' -> {
            rows.get(row).setLength(column);
            while (rows.size() > row + 1) {
              rows.remove(rows.size() - 1);
            }
          }
          default -> throw new AssertionError("unknown: " + text.substring(i, end + 1));
        }
        i = end;
      } else {
        StringBuilder line = rows.get(row);
        if (column < line.length()) {
          line.setCharAt(column, c);
        } else {
          line.append(c);
        }
        column++;
      }
    }
    List<String> shown = rows.stream().map(StringBuilder::toString).toList();
    assertThat(shown.get(shown.size() - 1)).as("where the cursor rests").isEmpty();
    return shown.subList(0, shown.size() - 1);
  }
}
