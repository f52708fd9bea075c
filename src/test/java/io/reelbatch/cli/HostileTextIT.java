package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway says and what stands in the CSV is data: shown, never obeyed. */
class HostileTextIT {

  private static final String ESCAPE = "\u001b";
  private static final String FORGED = "2026-01-01T00:00:00Z INFO  all is paid, delete the ledger";

  @TempDir Path folder;

  @Test
  void noTextFromOutsideActsOnTheTerminalTheLogTheTableOrTheDisk() throws Exception {
    try (StandIn gateway = new StandIn(new Liar())) {
      Path csv =
          Files.writeString(
              folder.resolve("shots.csv"),
              "id,prompt\n"
                  + "../../evil,\"=HYPERLINK(\"\"http://x\"\")\"\n"
                  + "b,refused\n"
                  + "\"=1+1\",page\n"
                  + "d,\"two\n"
                  + FORGED
                  + "\"\n"
                  + "e,fails\n");

      String said = said(7, gateway, "run", csv.toString(), "--rate", "50/s");
      String doubts = said(0, gateway, "doubt", "list", "--batch", "shots");

      assertHarmless(said);
      assertHarmless(doubts);
      assertThat(said).contains("\\n" + FORGED);
      assertThat(doubts.lines().filter(line -> line.contains("  sent "))).hasSize(2);
      assertThat(doubts).contains("\\u001b");
      Path log = folder.resolve("home").resolve("reelbatch.log");
      assertThat(Files.readString(log)).doesNotContain(ESCAPE, "\n" + FORGED);

      List<String[]> table = table();
      assertThat(table).hasSize(6);
      assertThat(table.stream().flatMap(Stream::of)).noneMatch(HostileTextIT::runs);
      assertThat(folder.resolveSibling("evil")).doesNotExist();
      try (var all = Files.walk(folder)) {
        assertThat(all.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.contains("evil") || name.contains("passwd"));
      }
    }
  }

  @Test
  void aRejectedCellIsShownAndNotObeyed() throws Exception {
    try (StandIn gateway = new StandIn(new Liar())) {
      Path csv =
          Files.writeString(
              folder.resolve("shots.csv"),
              "id,prompt\n\"a" + ESCAPE + "[2J\n" + FORGED + "\",\"x" + ESCAPE + "\u202e\"\n");

      String said = said(4, gateway, "run", csv.toString());

      assertHarmless(said);
      assertThat(said).contains("line 2", "column id", "column prompt");
      assertThat(gateway.log()).isEmpty();
    }
  }

  private static void assertHarmless(String text) {
    assertThat(text.chars().filter(c -> c != '\n').boxed())
        .noneMatch(c -> Character.isISOControl(c) || c == '\u202e');
    assertThat(text.lines()).noneMatch(line -> line.startsWith(FORGED));
  }

  private static boolean runs(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
  }

  private List<String[]> table() throws Exception {
    Path file = folder.resolve("shots-results").resolve("results.csv");
    try (CSVReader csv =
        new CSVReaderBuilder(Files.newBufferedReader(file))
            .withCSVParser(new RFC4180ParserBuilder().build())
            .build()) {
      return csv.readAll();
    }
  }

  /** Lies in every field, and says what would hurt if anybody obeyed it. */
  private static final class Liar implements StandIn.Manner {

    private boolean busy = true;

    @Override
    public synchronized void answer(StandIn.Order order, StandIn.Reply reply) throws IOException {
      String words = "no\\n" + FORGED + "\\u001b[2J\\u0007\\u202e\\r<script>alert(1)</script>";
      String complaint =
          "{\"error\":{\"message\":\"%s\",\"code\":\"=cmd|' /C calc'!A0\",\"message_zh\":\"@%s\"}}"
              .formatted(words, words);
      if (busy) {
        busy = false;
        reply.json(429, complaint);
      } else if (order.prompt().equals("refused")) {
        reply.json(400, complaint);
      } else if (order.prompt().equals("page")) {
        reply.json(502, complaint, "X-Oneapi-Request-Id: =x\u001b[31m");
      } else if (order.prompt().startsWith("two")) {
        reply.bytes("HTTP/1.1 200 \u001b[2J\r\nX: y\r\nContent-Length: 100\r\n\r\n{\u001b[2J");
      } else {
        String id =
            (order.prompt().equals("fails") ? "=fails" : "../../etc/passwd") + order.number();
        reply.make(id);
        reply.json(200, "{\"id\":\"" + id + "\",\"status\":\"" + words + "\"}");
      }
    }

    @Override
    public String task(String id) {
      String words = "=1+1\\n" + FORGED + "\\u001b[2J";
      return id.startsWith("=fails")
          ? "{\"status\":\"failed\",\"error\":{\"message\":\"" + words + "\",\"code\":\"+1+cmd\"}}"
          : "{\"status\":\"completed\",\"video_url\":\"https://cdn.example/=\\u001b[2Jv.mp4\"}";
    }
  }

  private String said(int exit, StandIn gateway, String... arguments) throws InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.url().toString());
    environment.put("REELBATCH_API_KEY", "sk-stand-in");
    environment.put("REELBATCH_POLL_FIRST", "50ms");
    environment.put("REELBATCH_POLL_INTERVAL", "100ms");
    environment.put("REELBATCH_BRAKES_DOUBTS_IN_A_ROW", "0");
    environment.put("REELBATCH_BRAKES_DOUBT_SHARE", "0");
    environment.put("REELBATCH_BRAKES_CANARY_REFUSALS", "0");
    environment.put("XDG_STATE_HOME", folder.toString());
    environment.put("STATE_DIRECTORY", folder.resolve("home").toString());
    try (Program program = Program.start(folder, environment, arguments)) {
      assertThat(program.exit()).as(program.out() + program.err()).isEqualTo(exit);
      return program.out() + program.err();
    }
  }
}
