package io.reelbatch.report;

import static io.reelbatch.model.RowState.ACCEPTED;
import static io.reelbatch.model.RowState.FAILED;
import static io.reelbatch.model.RowState.INVALID;
import static io.reelbatch.model.RowState.PLANNED;
import static io.reelbatch.model.RowState.REFUSED;
import static io.reelbatch.model.RowState.SENDING;
import static io.reelbatch.model.RowState.SKIPPED;
import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.report.Completeness.FINISHED;
import static io.reelbatch.report.Completeness.UNFINISHED;
import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.RowState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportWriterTest {

  private static final List<String> PROMPT = List.of("prompt");

  private final Path directory;

  ReportWriterTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theTableHasTheInputsColumnsAndThenTheReports() {
    ReportFiles files = report(FINISHED, new FakeLines(List.of("id", "prompt", "note")));

    assertThat(Csv.read(files.results()).header())
        .containsExactly(
            ("id,prompt,note,line,row,state,task_id,video_url,video_file,link_expires_at,"
                    + "error_code,error_message,error_message_zh,attempts,submitted_at,finished_at,"
                    + "seconds,polls,cost")
                .split(",", -1));
  }

  @Test
  void excelIsToldTheEncodingOfTheTablesWhereThatIsAskedFor() {
    FakeLines lines = new FakeLines(PROMPT, line(2, "雪").is(FAILED));

    ReportFiles files =
        new ReportWriter(
                lines,
                directory,
                new Briefed().briefing(),
                java.util.Set.of(ReportExtra.BYTE_ORDER_MARK))
            .write(FINISHED);

    assertThat(textOf(files.results())).startsWith("\uFEFFprompt,line,");
    assertThat(textOf(files.failed())).isEqualTo("\uFEFFprompt\r\n雪\r\n");
    assertThat(textOf(files.json())).startsWith("{");
    assertThat(textOf(report(FINISHED, lines).results())).startsWith("prompt,line,");
  }

  @Test
  void aSucceededRowIsToldInFull() {
    ReportLine succeeded =
        line(2, "kite", "a red kite")
            .row("kite")
            .submitted("2026-11-20T08:56:48.912Z", "sora-2:task_01")
            .polled(7)
            .finished("2026-11-20T08:58:13.462Z")
            .link("https://cdn.example/v.mp4", "2026-11-21T08:58:13Z")
            .cost("0.4", "USD")
            .is(SUCCEEDED);

    ReportFiles files = report(FINISHED, new FakeLines(List.of("id", "prompt"), succeeded));

    assertThat(Csv.read(files.results()).row(0))
        .containsExactly(
            entry("id", "kite"),
            entry("prompt", "a red kite"),
            entry("line", "2"),
            entry("row", "kite"),
            entry("state", "SUCCEEDED"),
            entry("task_id", "sora-2:task_01"),
            entry("video_url", "https://cdn.example/v.mp4"),
            entry("video_file", ""),
            entry("link_expires_at", "2026-11-21T08:58:13Z"),
            entry("error_code", ""),
            entry("error_message", ""),
            entry("error_message_zh", ""),
            entry("attempts", "1"),
            entry("submitted_at", "2026-11-20T08:56:48Z"),
            entry("finished_at", "2026-11-20T08:58:13Z"),
            entry("seconds", "84.6"),
            entry("polls", "7"),
            entry("cost", "0.40 USD"));
  }

  @Test
  void anInvalidLineIsExplainedWithoutARow() {
    ReportLine invalid =
        line(2, "kite")
            .row(null)
            .error("invalid", "duration: 7 is not one of 4, 8, 12", null)
            .is(INVALID);

    ReportFiles files = report(FINISHED, new FakeLines(PROMPT, invalid));

    assertThat(Csv.read(files.results()).row(0))
        .containsEntry("row", "")
        .containsEntry("state", "INVALID")
        .containsEntry("error_code", "invalid")
        .containsEntry("error_message", "duration: 7 is not one of 4, 8, 12")
        .containsEntry("attempts", "0")
        .containsEntry("cost", "");
  }

  @Test
  void secondsAreBlankWhenTheEndBelongsToAnEarlierAttempt() {
    ReportLine again =
        line(2, "kite")
            .submitted("2026-11-20T09:00:00Z", "task_1")
            .finished("2026-11-20T08:58:13Z")
            .is(ACCEPTED);
    ReportLine round =
        line(3, "kite")
            .submitted("2026-11-20T09:00:00Z", "task_2")
            .finished("2026-11-20T09:01:40Z")
            .is(SUCCEEDED);

    ReportFiles files = report(UNFINISHED, new FakeLines(PROMPT, again, round));

    assertThat(Csv.read(files.results()).column("seconds")).containsExactly("", "100");
  }

  @Test
  void moneyKeepsEveryDigitAndTheCurrencysUsualOnes() {
    ReportFiles files =
        report(
            FINISHED,
            new FakeLines(
                PROMPT,
                line(2, "a").cost("0.0125", "USD").is(SUCCEEDED),
                line(3, "b").cost("200", "USD").is(SUCCEEDED),
                line(4, "c").cost("1200", "JPY").is(SUCCEEDED)));

    assertThat(Csv.read(files.results()).column("cost"))
        .containsExactly("0.0125 USD", "200.00 USD", "1200 JPY");
  }

  @Test
  void everyLineIsReportedOnceAndInOrderAcrossPages() throws IOException {
    FakeLines lines =
        new FakeLines(
            PROMPT,
            LongStream.rangeClosed(2, 1_204)
                .mapToObj(n -> line(n, "kite " + n).is(n % 3 == 0 ? FAILED : SUCCEEDED))
                .toList());

    ReportFiles files = report(FINISHED, lines);

    List<String> expected = LongStream.rangeClosed(2, 1_204).mapToObj(Long::toString).toList();
    assertThat(Csv.read(files.results()).rows())
        .extracting(cells -> cells.get(1))
        .isEqualTo(expected);
    assertThat(json(files)).extracting(object -> object.get("line").asString()).isEqualTo(expected);
    assertThat(Csv.read(files.failed()).rows()).hasSize(401);
    assertThat(files.lines()).isEqualTo(1_203);
    assertThat(files.failedLines()).isEqualTo(401);
    assertThat(lines.longestPage()).isEqualTo(500);
    assertThat(lines.pages()).isEqualTo(4);
  }

  @Test
  void aSourceThatRepeatsALineStopsTheReport() {
    LineSource stuck =
        new LineSource() {
          @Override
          public List<String> columns() {
            return PROMPT;
          }

          @Override
          public List<ReportLine> after(long line, int limit) {
            return List.of(line(2, "kite").is(SUCCEEDED));
          }
        };

    assertThatThrownBy(() -> report(FINISHED, stuck))
        .hasMessage("line 2 came after line 2; the report would repeat lines");
  }

  @Test
  void anotherProgramReadsTheSameCells() {
    List<String> cells =
        List.of(
            "say \"hi\", twice",
            "two\nlines",
            "C:\\videos\\new",
            "\\\"",
            "雪山上的红色风筝",
            "🪁 a kite 👩‍🚀",
            "  leading",
            "trailing  ",
            "",
            ",",
            "\"",
            "ends with a break\n");
    List<String> header =
        Stream.concat(
                Stream.of("a \"title\",\nin two lines"), cells.stream().skip(1).map(c -> "h" + c))
            .toList();
    ReportLine failed = line(3, cells.toArray(String[]::new)).is(FAILED);

    ReportFiles files = report(FINISHED, new FakeLines(header, failed));

    assertThat(Csv.read(files.failed()).lines()).containsExactly(header, cells);
    Csv results = Csv.read(files.results());
    assertThat(results.header().subList(0, cells.size())).isEqualTo(header);
    assertThat(results.rows().get(0).subList(0, cells.size())).isEqualTo(cells);
    assertThat(json(files).get(0).properties().stream().limit(cells.size()))
        .extracting(field -> field.getValue().asString())
        .containsExactlyElementsOf(cells);
  }

  @Test
  void noCellOfTheTableRunsInASpreadsheetWhoeverWroteIt() {
    ReportLine hostile =
        line(2, "=A1")
            .row("=row")
            .submitted("2026-11-20T09:00:00Z", "@task")
            .link("＝HYPERLINK(\"https://evil.example\")", null)
            .error("-code", " +message", "\t消息")
            .raw("=raw")
            .is(FAILED);

    ReportFiles files = report(FINISHED, new FakeLines(List.of("+title"), hostile));

    assertThat(Csv.read(files.results()).row(0))
        .containsEntry("'+title", "'=A1")
        .containsEntry("row", "'=row")
        .containsEntry("task_id", "'@task")
        .containsEntry("video_url", "'＝HYPERLINK(\"https://evil.example\")")
        .containsEntry("error_code", "'-code")
        .containsEntry("error_message", "' +message")
        .containsEntry("error_message_zh", "'\t消息");
    assertThat(Csv.read(files.failed()).lines()).containsExactly(List.of("+title"), List.of("=A1"));
    JsonNode object = json(files).get(0);
    assertThat(object.get("+title").stringValue()).isEqualTo("=A1");
    assertThat(object.get("error_message").stringValue()).isEqualTo(" +message");
    assertThat(object.get("raw").stringValue()).isEqualTo("=raw");
  }

  @Test
  void theJsonHasTheTablesNamesInItsOrderAndTheRawAnswer() {
    FakeLines lines = new FakeLines(List.of("Line", "prompt"), line(2, "x", "kite").is(PLANNED));

    ReportFiles files = report(UNFINISHED, lines);

    List<String> titles = Csv.read(files.results()).header();
    assertThat(titles).startsWith("input.Line", "prompt", "line");
    assertThat(json(files).get(0).propertyNames())
        .containsExactlyElementsOf(
            Stream.concat(
                    titles.stream(),
                    Stream.of(
                        "thumbnail_url",
                        "video_bytes",
                        "video_sha256",
                        "source_row",
                        "chain_row",
                        "attempt_history",
                        "settlements",
                        "raw"))
                .toList());
  }

  @Test
  void theJsonHasNumbersAsNumbersAndNullForUnknown() {
    ReportLine failed =
        line(2, "7")
            .submitted("2026-11-20T08:56:48Z", "task_1")
            .polled(3)
            .finished("2026-11-20T08:56:50.5Z")
            .error("moderation", "", null)
            .is(FAILED);

    ReportFiles files = report(FINISHED, new FakeLines(List.of("take"), failed));

    assertThat(textOf(files.json()))
        .isEqualTo(
            """
            {"take":"7","line":2,"row":"row-2","state":"FAILED","task_id":"task_1",\
            "video_url":null,"video_file":null,"link_expires_at":null,\
            "error_code":"moderation","error_message":null,"error_message_zh":null,\
            "attempts":1,"submitted_at":"2026-11-20T08:56:48Z",\
            "finished_at":"2026-11-20T08:56:50Z","seconds":2.5,"polls":3,"cost":null,"thumbnail_url":null,\
            "video_bytes":null,"video_sha256":null,"source_row":null,"chain_row":null,\
            "attempt_history":[],"settlements":[],"raw":null}
            """);
  }

  @Test
  void aFetchedVideoIsNamedWithItsLengthAndHash() {
    ReportLine done =
        line(2, "kite")
            .submitted("2026-11-20T08:56:48Z", "task_1")
            .link("https://cdn.example/v.mp4", null)
            .thumbnail("https://cdn.example/t.webp")
            .fetched("videos/kite.mp4", 4711, "ba78")
            .is(SUCCEEDED);

    ReportFiles files = report(FINISHED, new FakeLines(List.of("prompt"), done));

    assertThat(Csv.read(files.results()).row(0))
        .containsEntry("video_url", "https://cdn.example/v.mp4")
        .containsEntry("video_file", "videos/kite.mp4");
    JsonNode json = json(files).get(0);
    assertThat(json.get("thumbnail_url").stringValue()).isEqualTo("https://cdn.example/t.webp");
    assertThat(json.get("video_bytes").longValue()).isEqualTo(4711);
    assertThat(json.get("video_sha256").stringValue()).isEqualTo("ba78");
  }

  @Test
  void onlyRowsThatCanSafelyBeSentAgainAreInFailed() {
    List<ReportLine> oneOfEach = new ArrayList<>();
    for (RowState state : RowState.values()) {
      oneOfEach.add(line(2 + oneOfEach.size(), state.name()).is(state));
    }

    ReportFiles files = report(UNFINISHED, new FakeLines(PROMPT, oneOfEach));

    assertThat(Csv.read(files.failed()).rows())
        .containsExactlyInAnyOrder(
            List.of(FAILED.name()), List.of(REFUSED.name()), List.of(SKIPPED.name()));
    assertThat(files.failedLines()).isEqualTo(3);
  }

  @Test
  void aLineIsInFailedOnceHoweverManyOfItsVariantsFailed() {
    ReportFiles files =
        report(
            FINISHED,
            new FakeLines(
                PROMPT,
                line(2, "kite").variant(1).is(FAILED),
                line(2, "kite").variant(2).is(SUCCEEDED),
                line(2, "kite").variant(3).is(FAILED),
                line(3, "dog").is(FAILED)));

    assertThat(Csv.read(files.failed()).rows()).containsExactly(List.of("kite"), List.of("dog"));
    assertThat(files.failedLines()).isEqualTo(2);
    assertThat(files.lines()).isEqualTo(4);
    assertThat(json(files))
        .extracting(object -> object.get("line").asString())
        .containsExactly("2", "2", "2", "3");
  }

  @Test
  void failedKeepsTheInputsHeaderEvenWithoutRows() {
    ReportFiles files =
        report(FINISHED, new FakeLines(List.of("State", "state"), line(2, "a", "b").is(SUCCEEDED)));

    assertThat(textOf(files.failed())).isEqualTo("State,state\r\n");
  }

  @Test
  void theDirectoryIsMadeWithItsParents() {
    Path deep = directory.resolve("a/b/shots-results");

    new ReportWriter(new FakeLines(PROMPT), deep, new Briefed().briefing()).write(FINISHED);

    assertThat(namesIn(deep))
        .containsExactlyInAnyOrder("results.csv", "results.jsonl", "failed.csv", "report.html");
  }

  @Test
  void anUnfinishedReportSaysSoAndAFinishedOneTakesItBack() {
    FakeLines halfway =
        new FakeLines(
            PROMPT,
            line(2, "a").is(SUCCEEDED),
            line(3, "b").is(ACCEPTED),
            line(4, "c").is(SENDING),
            line(5, "d").is(PLANNED));

    report(UNFINISHED, halfway);

    assertThat(directory.resolve("UNFINISHED.txt"))
        .content()
        .contains("3 of its 4 lines", "give the same command");
    assertThat(Csv.read(directory.resolve("results.csv")).column("state"))
        .containsExactly("SUCCEEDED", "ACCEPTED", "SENDING", "PLANNED");

    report(FINISHED, new FakeLines(PROMPT, line(2, "a").is(SUCCEEDED)));

    assertThat(namesIn(directory))
        .containsExactlyInAnyOrder("results.csv", "results.jsonl", "failed.csv", "report.html");
  }

  @Test
  void aFailureHalfwayLeavesTheEarlierReportAndNoTemporaryFile() {
    List<ReportLine> many =
        LongStream.rangeClosed(2, 900).mapToObj(n -> line(n, "kite").is(SUCCEEDED)).toList();
    ReportFiles earlier = report(FINISHED, new FakeLines(PROMPT, line(2, "earlier").is(FAILED)));
    String table = textOf(earlier.results());

    assertThatThrownBy(() -> report(UNFINISHED, new FakeLines(PROMPT, many).breaksAfter(501)))
        .hasMessage("the ledger broke");

    assertThat(textOf(earlier.results())).isEqualTo(table);
    assertThat(textOf(earlier.failed())).isEqualTo("prompt\r\nearlier\r\n");
    assertThat(namesIn(directory))
        .containsExactlyInAnyOrder("results.csv", "results.jsonl", "failed.csv", "report.html");
  }

  @Test
  void aTableThatCannotBeReplacedLeavesTheOtherFilesToo() throws IOException {
    report(FINISHED, new FakeLines(PROMPT, line(2, "earlier").is(FAILED)));
    Path table = directory.resolve("results.csv");
    Files.delete(table);
    Files.createDirectories(table.resolve("in-the-way"));

    assertThatThrownBy(() -> report(FINISHED, new FakeLines(PROMPT, line(2, "later").is(FAILED))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write " + table + ": ");

    assertThat(textOf(directory.resolve("failed.csv"))).isEqualTo("prompt\r\nearlier\r\n");
    assertThat(namesIn(directory))
        .containsExactlyInAnyOrder("results.csv", "results.jsonl", "failed.csv", "report.html");
  }

  private ReportFiles report(Completeness completeness, LineSource lines) {
    return new ReportWriter(lines, directory, new Briefed().briefing()).write(completeness);
  }

  private static List<JsonNode> json(ReportFiles files) {
    return textOf(files.json()).lines().map(JsonMapper.shared()::readTree).toList();
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> namesIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
