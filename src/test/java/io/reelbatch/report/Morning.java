package io.reelbatch.report;

import static io.reelbatch.report.Line.line;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.RowState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a studio finds in the morning: a night's batch of so many rows, the same each time. */
record Morning(List<ReportLine> lines) {

  static final List<String> COLUMNS =
      List.of("id", "operation", "prompt", "model", "source", "scene");
  static final Map<String, Integer> PLACES =
      Map.of("id", 0, "operation", 1, "prompt", 2, "model", 3, "source", 4);

  private static final Instant NIGHT = Instant.parse("2026-11-24T01:10:00Z");
  private static final List<String> WHO =
      List.of(
          "A red kite",
          "An old fisherman",
          "夜市里的一盏红灯笼",
          "A paper boat",
          "Two dancers in grey",
          "A white cat",
          "清晨的竹林",
          "A glass teapot",
          "The last tram",
          "一只纸鹤");
  private static final List<String> WHAT =
      List.of(
          "drifts over a snowy valley, seen from the ground",
          "waits under a leaking roof while the rain slows down",
          "雨滴落在石板路上,电影质感,浅景深",
          "turns slowly on a white table, soft light from the left",
          "crosses the empty square at dawn, one long take",
          "in the style of a hand-printed picture book, muted colours");

  static Morning of(int rows) {
    SplittableRandom random = new SplittableRandom(7);
    List<ReportLine> lines = new ArrayList<>();
    String before = "";
    boolean made = false;
    for (int n = 0; n < rows; n++) {
      boolean extend = !before.isEmpty() && n % 7 == 3;
      String source = before;
      Line line =
          line(
              n + 2L,
              "shot-%03d".formatted(n + 1),
              extend ? "extend" : "create",
              WHO.get(random.nextInt(WHO.size())) + ", " + WHAT.get(random.nextInt(WHAT.size())),
              extend ? "grok-video-3" : n % 3 == 0 ? "sora-2-pro" : "veo3.1-fast",
              extend ? source : "",
              Integer.toString(n / 4 + 1));
      before = "shot-%03d".formatted(n + 1);
      line.row(before);
      ReportLine ended =
          extend && !made
              ? line.error(
                      "source_failed",
                      "Not sent: the row that it starts from, " + source + ", ended as FAILED.",
                      null)
                  .is(RowState.SKIPPED)
              : ended(line, n, rows, random);
      made = ended.state() == RowState.SUCCEEDED;
      lines.add(ended);
    }
    return new Morning(lines);
  }

  private static ReportLine ended(Line line, int n, int rows, SplittableRandom random) {
    Instant sent = NIGHT.plusSeconds(Math.round(n * 14_400.0 / Math.max(rows, 200)));
    int luck = random.nextInt(1000);
    if ((rows < 100 && n == 2) || luck < 6) {
      return line.submitted(sent.toString(), "veo:task_" + n)
          .error("moderation", "The prompt was rejected by the safety system.", "提示词未通过内容审核。")
          .is(RowState.REFUSED);
    } else if ((rows < 100 && n == 5) || luck < 22) {
      return line.submitted(sent.toString(), "grok:task_" + n)
          .finished(sent.plusSeconds(210).toString())
          .error("generation_failed", "The provider gave up after three tries.", "生成失败，请稍后重试。")
          .cost("0.00", "USD")
          .is(RowState.FAILED);
    } else if ((rows < 100 && n == 8) || luck < 26) {
      return line.submitted(sent.toString(), "x" + n)
          .error("answer_lost", "The connection closed before an answer came.", null)
          .cost("0.80", "USD")
          .is(RowState.IN_DOUBT);
    } else if (luck < 28) {
      return line.submitted(sent.toString(), "sora-2:task_" + n)
          .error("task_not_exist", "The gateway does not know this task.", "任务不存在。")
          .is(RowState.LOST);
    }
    if (rows >= 1000 && n > rows * 0.94) {
      return line.is(RowState.PLANNED);
    } else if (rows >= 1000 && n > rows * 0.93) {
      return line.submitted(sent.toString(), "sora-2:task_" + n).is(RowState.ACCEPTED);
    }
    double seconds = 75 + 40 * random.nextDouble() + Math.pow(random.nextDouble(), 6) * 400;
    return line.submitted(sent.toString(), "sora-2:task_01kbfqy4rgf0vbrh45xaj%05d".formatted(n))
        .polled(7)
        .finished(sent.plusMillis(Math.round(seconds * 1000)).toString())
        .link("https://cdn.example.com/v/%05d.mp4".formatted(n), "2026-11-25T01:00:00Z")
        .cost("0.80", "USD")
        .is(RowState.SUCCEEDED);
  }
}
