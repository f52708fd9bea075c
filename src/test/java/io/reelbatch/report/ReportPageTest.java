package io.reelbatch.report;

import static io.reelbatch.model.RowState.FAILED;
import static io.reelbatch.model.RowState.PLANNED;
import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {

  private static final String HOSTILE =
      "</script><!--<script>alert(1)</script>\u2028{{script}}'\"&";

  @Test
  void thePolicyNamesTheVeryScriptAndStyleOfThePage() throws Exception {
    String page = page(new Briefed(), line(2, "kite").is(SUCCEEDED));

    String policy = between(page, "Content-Security-Policy\" content=\"", "\">");
    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("unsafe");
    assertThat(policy).contains("script-src " + sha256(lastBetween(page, "<script>", "</script>")));
    assertThat(policy).contains("style-src " + sha256(between(page, "<style>", "</style>")));
  }

  @Test
  void nothingOnThePageLeadsOutsideButLinksThatAPersonFollows() {
    String page =
        page(new Briefed(), line(2, "kite").link("https://cdn.example/v", null).is(SUCCEEDED));

    String ours = page.replace(between(page, "id=\"data\">", "</script>"), "");
    assertThat(ours).doesNotContainPattern("(src|href|url)\\s*[=(]\\s*[\"']?(https?:)?//");
    assertThat(ours).doesNotContainPattern("<(link|iframe|object|img|base)\\b");
    assertThat(ours).doesNotContainPattern("\\s(on\\w+|style)=\"");
  }

  @Test
  void textFromOutsideCannotLeaveItsPlace() {
    ReportLine hostile =
        line(2, HOSTILE)
            .row(HOSTILE)
            .error(HOSTILE, HOSTILE, HOSTILE)
            .link("javascript:alert(1)", null)
            .is(FAILED);
    String page =
        page(
            new Briefed()
                .run("run", "a'b<script>.csv")
                .troubled(
                    new Briefing.Troubles(
                        HaltCause.KEY,
                        Reason.of(HOSTILE, HOSTILE),
                        Map.of(),
                        null,
                        Message.verbatim(HOSTILE))),
            hostile);

    assertThat(page.split("<script")).hasSize(3);
    assertThat(page.split("</script")).hasSize(3);
    assertThat(page).doesNotContain("<!--").doesNotContain("\u2028\",");
    JsonNode row = data(page).path("rows").path(0);
    assertThat(row.path(PageRow.FIELDS.indexOf("prompt")).asString()).isEqualTo(HOSTILE.strip());
    assertThat(row.path(PageRow.FIELDS.indexOf("error_message_zh")).asString()).isEqualTo(HOSTILE);
  }

  @Test
  void whatHappenedIsOneSentence() {
    String page = page(new Briefed(), line(2, "a").is(SUCCEEDED), line(3, "b").is(FAILED));

    assertThat(text(between(page, "class=\"sentence\">", "</p>")))
        .isEqualTo("1 of 2 videos is ready. 1 failed.");
    assertThat(page).contains("<title>shots · 1 of 2 ready</title>");
  }

  @Test
  void anUnfinishedPageSaysSoAndWhatToType() {
    String page =
        page(
            Completeness.UNFINISHED,
            new Briefed()
                .in(Language.ZH)
                .run("run", "my shots.csv", "--limit", "20")
                .troubled(
                    new Briefing.Troubles(
                        HaltCause.LIMIT, Reason.of("limit", "20 were made"), Map.of(), null, null)),
            line(2, "a").is(PLANNED));

    assertThat(page).startsWith("<!doctype html>\n<html lang=\"zh-CN\">");
    assertThat(text(between(page, "class=\"sentence\">", "</p>")))
        .isEqualTo("还没跑完：1 条视频，暂无完成。 1 条还没提交。");
    assertThat(page).contains("已停止提交：已达到付费请求数上限", "limit: 20 were made");
    assertThat(text(between(page, "<code>", "</code>")))
        .isEqualTo("cd /data &amp;&amp; reelbatch run &#39;my shots.csv&#39; --limit 20");
  }

  @Test
  void aFinishedPageForgetsWhatStoppedItOnTheWay() {
    String page =
        page(
            new Briefed().troubled(new Briefing.Troubles(null, null, Map.of(), "SIGNAL", null)),
            line(2, "a").is(SUCCEEDED));

    assertThat(page).contains("Nothing needs you.").doesNotContain("stopped by a signal");
  }

  @Test
  void moneyIsToldWithItsCapAndOnlyWhereItIsKnown() {
    ReportLine line = line(2, "a").is(SUCCEEDED);

    assertThat(page(new Briefed().spent("7.2", "0.8", "20"), line))
        .contains(
            "<dd>7.20 USD</dd>", "<dd>0.80 USD</dd>", "<dd>12.00 USD</dd>", "<dd>20.00 USD</dd>");
    assertThat(page(new Briefed(), line)).contains("No prices are set");
  }

  @Test
  void aMillionLinesMakeAPageOfTenThousandRowsInLittleMemory() {
    ReportPage page = new ReportPage(new Briefed().briefing());
    String prompt = "A red kite over a snowy valley. ".repeat(60);
    for (int n = 2; n < 1_000_002; n++) {
      page.add(
          line(n, prompt)
              .submitted("2026-11-24T00:00:00Z", "t" + n)
              .finished("2026-11-24T00:%02d:%02dZ".formatted(n / 60 % 60, n % 60))
              .error("code-" + n, "message " + n, null)
              .is(n % 100 == 0 ? FAILED : SUCCEEDED));
    }
    long[] written = {0};

    page.write(Completeness.FINISHED, text -> written[0] += text.length());

    // A million prompts of this length would be some two thousand million characters.
    assertThat(written[0]).isBetween(1_000_000L, 25_000_000L);
    StringBuilder text = new StringBuilder();
    page.write(Completeness.FINISHED, text::append);
    assertThat(data(text.toString()).path("rows").size()).isLessThanOrEqualTo(10_000);
    assertThat(text).contains("The file has 1,000,000 lines");
  }

  @Test
  void aLongPromptIsCutBetweenCharacters() {
    String page = page(new Briefed(), line(2, "x".repeat(1499) + "🎬🎬").is(SUCCEEDED));

    String prompt =
        data(page).path("rows").path(0).path(PageRow.FIELDS.indexOf("prompt")).asString();
    assertThat(prompt).isEqualTo("x".repeat(1499) + "…");
  }

  private static String page(Briefed briefed, ReportLine... lines) {
    return page(Completeness.FINISHED, briefed, lines);
  }

  private static String page(Completeness completeness, Briefed briefed, ReportLine... lines) {
    ReportPage page = new ReportPage(briefed.briefing());
    for (ReportLine line : lines) {
      page.add(line);
    }
    StringBuilder text = new StringBuilder();
    page.write(completeness, text::append);
    return text.toString();
  }

  private static JsonNode data(String page) {
    return JsonMapper.shared().readTree(between(page, "id=\"data\">", "</script>"));
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static String lastBetween(String text, String before, String after) {
    Matcher found =
        Pattern.compile(Pattern.quote(before) + "(.*?)" + Pattern.quote(after), Pattern.DOTALL)
            .matcher(text);
    String last = "";
    while (found.find()) {
      last = found.group(1);
    }
    return last;
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", "");
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
