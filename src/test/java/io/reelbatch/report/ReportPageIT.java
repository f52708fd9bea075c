package io.reelbatch.report;

import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Language;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The page in a real browser: {@code ./mvnw -Pbrowser verify}. */
@EnabledIfSystemProperty(named = "browser", matches = "true")
class ReportPageIT {

  private static final Path PICTURES = Path.of("target", "report-pictures");
  private static final String TEXTS =
      "return [...document.querySelectorAll('%s')].map(e => e.textContent)";

  @TempDir private static Path profile;
  private static Browser browser;
  @TempDir private Path folder;

  @BeforeAll
  static void openTheBrowser() throws Exception {
    Files.createDirectories(PICTURES);
    browser = new Browser(profile);
  }

  @AfterAll
  static void closeTheBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 1000, 10_000})
  void aPageOfAnyLengthOpensQuicklyAndWithoutAComplaint(int rows) throws Exception {
    browser.open(page(rows, Language.EN));

    long loaded =
        browser.run("return performance.getEntriesByType('navigation')[0].loadEventEnd").asLong();
    System.out.println(rows + " rows: loaded after " + loaded + " ms");
    assertThat(loaded).isLessThan(3000);
    assertThat(browser.console()).isEmpty();
    assertThat(texts("#count")).containsExactly("%,d rows".formatted(rows));
    assertThat(texts("tr.row")).hasSize(Math.min(rows, 100));
  }

  @Test
  void tenThousandRowsAreSearchedFilteredAndSortedWithoutAWait() throws Exception {
    browser.open(page(10_000, Language.EN));

    long searched = millis("set('#search', 'input', 'lantern tram dawn')");
    long narrowed = millis("set('#search', 'input', 'tram dawn')");
    long filtered = millis("set('#state', 'change', 'SUCCEEDED')");
    long sorted = millis("document.querySelector('th[data-key=what] button').click()");
    long cleared = millis("set('#search', 'input', ''); set('#state', 'change', '')");
    System.out.printf(
        "10,000 rows: search %d and %d, filter %d, sort %d, clear %d ms%n",
        searched, narrowed, filtered, sorted, cleared);

    assertThat(List.of(searched, narrowed, filtered, sorted, cleared))
        .allSatisfy(time -> assertThat(time).isLessThan(500));
    assertThat(texts("#count")).containsExactly("10,000 rows");
  }

  @Test
  void aSearchLooksAtEveryWordOfPromptsMessagesAndTasks() throws Exception {
    browser.open(page(12, Language.EN));

    browser.run("document.querySelector('#search').focus()");
    browser.type("PROVIDER gave");

    assertThat(texts("tr.row .badge")).containsExactly("Failed");
    assertThat(texts("#count")).containsExactly("1 of 12 rows");

    browser.type(" nowhere");

    assertThat(texts("tr.row")).isEmpty();
    assertThat(texts(".empty:not([hidden])")).containsExactly("No row fits.");
  }

  @Test
  void aStateIsChosenInTheListOrInTheOverview() throws Exception {
    browser.open(page(12, Language.EN));

    browser.click(".legend a[data-state=IN_DOUBT]");

    assertThat(texts("tr.row .badge")).containsExactly("In doubt");
    assertThat(browser.run("return document.querySelector('#state').value").asString())
        .isEqualTo("IN_DOUBT");
  }

  @Test
  void aColumnSortsBothWaysAndSaysSo() throws Exception {
    browser.open(page(12, Language.EN));

    browser.click("th[data-key=seconds] button");
    List<String> up = texts("td.took");
    browser.click("th[data-key=seconds] button");
    List<String> down = texts("td.took");

    assertThat(up.get(0)).isEqualTo("1 min 17 s");
    assertThat(down.get(0)).isEqualTo("3 min 30 s");
    assertThat(up.get(11)).isEmpty();
    assertThat(down.get(11)).isEmpty();
    assertThat(texts("th[aria-sort=descending]")).containsExactly("Took");
    assertThat(texts("th[aria-sort]")).hasSize(1);
  }

  @Test
  void aRowStandsUnderTheOneThatItStartsFromUnlessThatIsSwitchedOff() throws Exception {
    browser.open(
        page(
            new Briefed().columns(Morning.PLACES),
            row(2, "end", "extend", "ends", "middle").is(RowState.SUCCEEDED),
            row(3, "other", "create", "another", "").is(RowState.SUCCEEDED),
            row(4, "middle", "extend", "goes on", "first").is(RowState.SUCCEEDED),
            row(5, "first", "create", "begins", "").is(RowState.SUCCEEDED),
            row(6, "ring", "extend", "circles", "ring").is(RowState.SKIPPED)));

    assertThat(texts("tr.row .text"))
        .containsExactly("another", "begins", "goes on", "ends", "circles");
    assertThat(texts("tr.chained .text")).containsExactly("goes on", "ends");

    browser.click("#chains");

    assertThat(texts("tr.row .text"))
        .containsExactly("ends", "another", "goes on", "begins", "circles");
    assertThat(texts("tr.chained")).isEmpty();
  }

  @Test
  void whatIsWrittenInAPromptOrByAGatewayIsShownAndNeverObeyed() throws Exception {
    String script = "<script>alert(1)</script>";
    String comment = "</script><!--<script>";
    browser.open(
        page(
            new Briefed()
                .columns(Morning.PLACES)
                .troubled(
                    new Briefing.Troubles(
                        HaltCause.KEY, Reason.of("=cmd|x", script), Map.of(), null, null)),
            row(2, "=cmd|' /C calc'!A0", "create", script, "")
                .link("javascript:alert(1)", null)
                .error("<b>", "<img src=x onerror=alert(1)>", comment)
                .is(RowState.FAILED),
            row(3, "{{data}}", "create", comment + "\u2028" + "'\"&amp;", "")
                .link("data:text/html,x", null)
                .is(RowState.SUCCEEDED)));
    browser.click("tr.row .open");

    assertThat(texts("tr.row .text")).containsExactly(script, comment + "\u2028'\"&amp;");
    assertThat(texts("tr.row .name").get(0)).startsWith("=cmd|' /C calc'!A0");
    assertThat(texts(".detail dd")).anyMatch(text -> text.startsWith("javascript:alert(1)"));
    assertThat(texts(".needs p")).anyMatch(text -> text.contains(script));
    assertThat(browser.run("return document.querySelectorAll('#rows a, img').length").asInt())
        .isZero();
    assertThat(browser.run("return document.scripts.length").asInt()).isEqualTo(2);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aFetchedVideoPlaysInItsRow() throws Exception {
    Path page = page(12, Language.EN);
    Path video = page.resolveSibling("a b #1 片.webm");
    try (InputStream in = getClass().getResourceAsStream("tiny.webm")) {
      Files.copy(Objects.requireNonNull(in), video);
    }
    // Nothing fetches videos yet: the page's data is given one.
    String html = Files.readString(page);
    Files.writeString(
        page,
        html.replace(
            "\"https://cdn.example.com/v/00000.mp4\",null",
            "\"https://cdn.example.com/v/00000.mp4\",\"" + video.getFileName() + "\""));
    browser.open(page);

    browser.click("tr.row .acts button");
    JsonNode played =
        browser.await(
            """
            const video = document.querySelector('video');
            for (let i = 0; i < 100 && !(video.currentTime > 0) && !video.error; i++)
              await new Promise(resolve => setTimeout(resolve, 50));
            return video.error ? video.error.message : 'played at ' + (video.currentTime > 0);
            """);

    assertThat(played.asString()).isEqualTo("played at true");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void aFileOutsideTheFolderIsNotPlayed() throws Exception {
    for (String path : List.of("../secret.mp4", "/etc/passwd", "file:///etc/passwd", "a//b")) {
      Path page = page(12, Language.EN);
      Files.writeString(
          page,
          Files.readString(page).replace("v/00000.mp4\",null", "v/00000.mp4\",\"" + path + "\""));
      browser.open(page);

      browser.click("tr.row .open");

      assertThat(texts(".detail dd")).contains(path);
      assertThat(browser.run("return document.querySelectorAll('video').length").asInt()).isZero();
    }
  }

  @Test
  void thePolicyLetsNothingElseRunOrLoad() throws Exception {
    browser.open(page(12, Language.EN));

    JsonNode tried =
        browser.await(
            """
            const blocked = [];
            document.addEventListener('securitypolicyviolation', e => blocked.push(e.effectiveDirective));
            const script = document.createElement('script');
            try { script.text = 'window.ran = true'; } catch (e) { blocked.push('trusted-types'); }
            const image = document.createElement('img');
            image.src = 'https://example.com/x.png';
            document.body.append(image);
            try { document.body.innerHTML += '<b>'; } catch (e) { blocked.push('trusted-types'); }
            await fetch('https://example.com/').catch(() => {});
            await new Promise(resolve => setTimeout(resolve, 100));
            return [String(window.ran), ...blocked].join(' ');
            """);

    assertThat(tried.asString())
        .startsWith("undefined")
        .contains("img-src", "connect-src", "trusted-types");
    var unused = browser.console(); // its complaints were asked for
  }

  @Test
  void aCommandIsCopiedAsItIsTyped() throws Exception {
    browser.open(page(12, Language.EN));
    browser.devTools(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));

    browser.click(".needs .copy");

    assertThat(browser.await("return navigator.clipboard.readText()").asString())
        .isEqualTo("reelbatch doubt list --batch shots --home '/var/lib/reel batch'");
    assertThat(texts(".needs .copy").get(0)).isEqualTo("Copied");
  }

  @Test
  void onPaperEveryRowStands() throws Exception {
    browser.open(page(1000, Language.EN));
    browser.run(
        "window.counted = 0; window.addEventListener('beforeprint', () => {"
            + " window.counted = document.querySelectorAll('tr.row').length })");

    browser.print(PICTURES.resolve("EN-1000.pdf"));

    assertThat(browser.run("return window.counted").asInt()).isEqualTo(1000);
    assertThat(texts("tr.row")).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void axeFindsNothingInAnyLightOrWidth(Language language) throws Exception {
    browser.open(page(1000, language));
    browser.click("tr.row .open");
    for (String scheme : List.of("light", "dark")) {
      light(scheme);
      for (int width : new int[] {1280, 390}) {
        browser.photograph(
            PICTURES.resolve(language + "-1000-" + scheme + "-" + width + ".png"), width, 2600);

        JsonNode found = axe();

        assertThat(found.valueStream().map(JsonNode::asString))
            .as(scheme + " at " + width)
            .isEmpty();
      }
    }
    light("light");
    browser.open(page(12, language));
    browser.photograph(PICTURES.resolve(language + "-12.png"), 1280, 2600);
    browser.print(PICTURES.resolve(language + "-12.pdf"));
    assertThat(axe().valueStream().map(JsonNode::asString)).isEmpty();
  }

  private static void light(String scheme) {
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private static JsonNode axe() throws IOException {
    try (InputStream in = ReportPageIT.class.getResourceAsStream("/axe.min.js")) {
      String axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      browser.run(axe + "; window.axe = axe;");
    }
    return browser.await(
        """
        const result = await window.axe.run(document);
        return result.violations.map(v => v.impact + ' ' + v.id + ': '
            + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '));
        """);
  }

  private static long millis(String action) {
    return browser
        .run(
            """
            const set = (selector, event, value) => {
              const field = document.querySelector(selector);
              field.value = value;
              field.dispatchEvent(new Event(event));
            };
            const start = performance.now();
            """
                + action
                + "; document.body.offsetHeight; return Math.round(performance.now() - start)")
        .asLong();
  }

  private static List<String> texts(String selector) {
    return browser.run(TEXTS.formatted(selector)).valueStream().map(JsonNode::asString).toList();
  }

  private static Line row(long n, String id, String operation, String prompt, String source) {
    return line(n, id, operation, prompt, "", source, "").row(id);
  }

  private Path page(Briefed briefed, ReportLine... lines) {
    return new ReportWriter(
            new FakeLines(Morning.COLUMNS, lines), folder.resolve("some"), briefed.briefing())
        .write(Completeness.UNFINISHED)
        .page();
  }

  private Path page(int rows, Language language) {
    Briefed briefed =
        new Briefed()
            .in(language)
            .columns(Morning.PLACES)
            .run("run", "shots.csv", "--budget", "900 USD")
            .doubts(1);
    if (rows < 1000) {
      briefed.spent("7.20", "0.80", "20");
    } else {
      briefed
          .spent("736.80", "4.80", "900")
          .troubled(
              new Briefing.Troubles(
                  HaltCause.BALANCE,
                  Reason.of("insufficient_quota", "quota is not enough, balance: 0.12"),
                  Map.of(),
                  null,
                  null));
    }
    return new ReportWriter(
            new FakeLines(Morning.COLUMNS, Morning.of(rows).lines()),
            folder.resolve(language + "-" + rows),
            briefed.briefing())
        .write(rows < 1000 ? Completeness.FINISHED : Completeness.UNFINISHED)
        .page();
  }
}
