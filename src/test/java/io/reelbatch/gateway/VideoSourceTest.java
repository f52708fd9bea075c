package io.reelbatch.gateway;

import static io.reelbatch.gateway.ScriptedServer.hangUp;
import static io.reelbatch.gateway.ScriptedServer.json;
import static io.reelbatch.gateway.ScriptedServer.served;
import static io.reelbatch.gateway.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.TaskId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VideoSourceTest {

  private static final String VIDEO = "video/mp4";
  private static final TaskId TASK = new TaskId("sora-2:task_1");
  private static final Resume HALF = new Resume(4, 8L, "\"v1\"");
  private static final String KEY = "sk-secret";

  private ScriptedServer gateway;
  private ScriptedServer cdn;

  @BeforeEach
  void open() {
    gateway = new ScriptedServer();
    cdn = new ScriptedServer();
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    cdn.close();
  }

  @Test
  void aLinkIsReadWithoutTheKeyAndWithWhatWasSaidOfIt() {
    cdn(served(200, "Video/MP4; x=y", "12345678", "ETag: \"v1\"", "Last-Modified: some day"));

    assertThat(open(Resume.NOTHING)).isEqualTo("0 of 8, video/mp4, \"v1\": 12345678");
    assertThat(cdn.requests().get(0).headers())
        .doesNotContainKeys("authorization", "range", "if-range");
  }

  @Test
  void aWeakTagPromisesNothingAndTheDateTakesItsPlace() {
    cdn(served(200, VIDEO, "1", "ETag: W/\"v1\"", "Last-Modified: some day"), served(200, "", "2"));

    assertThat(open(Resume.NOTHING)).isEqualTo("0 of 1, video/mp4, some day: 1");
    assertThat(open(Resume.NOTHING)).isEqualTo("0 of 1, , null: 2");
  }

  @Test
  void theRestIsAskedForAndOnlyOfTheSame() {
    cdn(served(206, VIDEO, "5678", "Content-Range: bytes 4-7/8", "ETag: \"v1\""));

    assertThat(open(HALF)).isEqualTo("4 of 8, video/mp4, \"v1\": 5678");
    assertThat(cdn.requests().get(0).headers())
        .containsEntry("range", "bytes=4-")
        .containsEntry("if-range", "\"v1\"");
  }

  @Test
  void aServerMaySendTheRestWithoutSayingMuch() {
    cdn(served(206, VIDEO, "5678", "Content-Range: bytes 4-7/*"));

    assertThat(open(new Resume(4, null, null))).isEqualTo("4 of null, video/mp4, null: 5678");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 3-7/8",
        "Content-Range: bytes 4-7/9",
        "Content-Range: nonsense",
        "X-Nothing: 1",
        "Content-Range: bytes 4-7/8\r\nETag: \"v2\""
      })
  void whatIsNotTheRestOfTheSameIsReadFromTheStart(String header) {
    cdn(served(206, VIDEO, "5678", header), served(200, VIDEO, "12345678"));

    assertThat(open(HALF)).isEqualTo("0 of 8, video/mp4, null: 12345678");
    assertThat(cdn.requests().get(1).headers()).doesNotContainKeys("range", "if-range");
  }

  @Test
  void aServerThatKnowsNoRangesSendsAll() {
    cdn(served(200, VIDEO, "12345678"));

    assertThat(open(HALF)).isEqualTo("0 of 8, video/mp4, null: 12345678");
  }

  @Test
  void nothingIsMissingWhenTheServerSaysSo() {
    cdn(served(416, "", "", "Content-Range: bytes */8"));

    assertThat(open(new Resume(8, null, null))).isEqualTo("already whole");
  }

  @Test
  void aRangeThatIsRefusedIsGivenUp() {
    cdn(served(416, "", "", "Content-Range: bytes */3"), served(200, VIDEO, "abc"));
    assertThat(open(HALF)).isEqualTo("0 of 3, video/mp4, null: abc");

    cdn(served(416, "", ""), served(416, "", ""));
    assertThat(open(HALF)).isEqualTo("gone: http_416");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 300, 304, 400, 401, 403, 404, 410, 451})
  void aNoIsANo(int status) {
    cdn(served(status, "text/xml", status == 204 || status == 304 ? "" : "<Error>no</Error>"));

    assertThat(open(Resume.NOTHING)).isEqualTo("gone: http_" + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void whatMayPassIsTrouble(int status) {
    cdn(served(status, "text/html", "busy", "Retry-After: 7"));

    assertThat(open(Resume.NOTHING)).isEqualTo("trouble: http_" + status + " PT7S");
  }

  @Test
  void aPartWhereNoneWasAskedForIsNoVideo() {
    cdn(served(206, VIDEO, "5678", "Content-Range: bytes 4-7/8"));

    assertThat(open(Resume.NOTHING)).isEqualTo("gone: http_206");
  }

  @Test
  void aServerThatIsNotThereIsTrouble() throws IOException {
    cdn(hangUp());
    assertThat(open(Resume.NOTHING)).isEqualTo("trouble: link_unreachable null");

    URI link = cdn.url();
    cdn.close();
    assertThat(open(link, Resume.NOTHING)).isEqualTo("trouble: link_unreachable null");
  }

  @Test
  void aServerThatSaysNothingIsLeft() {
    cdn(silence());

    assertThat(open(Resume.NOTHING)).isEqualTo("trouble: link_unreachable null");
  }

  @Test
  void aBreakWithinTheVideoIsTold() throws IOException {
    cdn(ScriptedServer.half(200, "12345678", 4));

    try (VideoSource source = source(FetchSettings.Reach.ANYWHERE);
        VideoStream stream =
            ((VideoAnswer.Opened) source.open(cdn.url(), Resume.NOTHING)).stream()) {
      assertThat(stream.read(new byte[100])).isEqualTo(4);
      assertThatThrownBy(() -> stream.read(new byte[100])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void redirectsAreFollowedWithoutTheKeyAndWithTheRange() {
    cdn(
        served(302, "", "", "Location: /next"),
        served(308, "", "", "Location: " + cdn.url() + "/last"),
        served(206, VIDEO, "5678", "Content-Range: bytes 4-7/8"));

    assertThat(open(HALF)).isEqualTo("4 of 8, video/mp4, null: 5678");
    assertThat(cdn.targets()).containsExactly("/v.mp4", "/next", "/last");
    assertThat(cdn.requests()).noneMatch(r -> r.headers().containsKey("authorization"));
    assertThat(cdn.requests()).allMatch(r -> r.headers().containsKey("range"));
  }

  @Test
  void noMoreThanFiveRedirectsAreFollowed() {
    cdn(
        served(302, "", "", "Location: /1"),
        served(302, "", "", "Location: /2"),
        served(302, "", "", "Location: /3"),
        served(302, "", "", "Location: /4"),
        served(302, "", "", "Location: /5"),
        served(302, "", "", "Location: /6"));

    assertThat(open(Resume.NOTHING)).isEqualTo("gone: link_refused");
    assertThat(cdn.requests()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Location: file:///etc/passwd",
        "Location: ftp://cdn.test/v.mp4",
        "Location: http://user:secret@cdn.test/v.mp4",
        "X-Nothing: 1"
      })
  void redirectsToAnythingButAPlainAddressAreRefused(String location) {
    cdn(served(302, "", "", location));

    assertThat(open(Resume.NOTHING)).isEqualTo("gone: link_refused");
  }

  @ParameterizedTest
  @CsvSource({"ftp://cdn.test/v.mp4", "//cdn.test/v.mp4", "http://user@cdn.test/v.mp4", "http:a"})
  void linksToAnythingElseAreRefused(URI link) {
    assertThat(open(link, Resume.NOTHING)).isEqualTo("gone: link_refused");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/, http://a.test/, true",
    "HTTPS://a.test/, http://b.test/, true",
    "https://a.test/, https://b.test/, false",
    "http://a.test/, https://a.test/, false",
    "http://a.test/, http://b.test/, false"
  })
  void noRedirectLeadsFromHttpsToHttp(URI from, URI to, boolean refused) {
    assertThat(VideoSource.losesSecrecy(from, to)).isEqualTo(refused);
  }

  @Test
  void aLinkOrRedirectToAnAddressThatIsNotPublicIsNeverConnectedTo() throws Exception {
    try (ScriptedServer inside = new ScriptedServer(served(200, VIDEO, "secret"));
        VideoSource source = source(FetchSettings.Reach.PUBLIC)) {
      gateway(served(302, "", "", "Location: " + inside.url()));

      assertThat(told(source.open(inside.url(), Resume.NOTHING))).isEqualTo("gone: link_refused");
      // The gateway's own address may be private, and is not asked with the key.
      assertThat(told(source.open(gateway.url(), Resume.NOTHING))).isEqualTo("gone: link_refused");

      assertThat(inside.connections()).isZero();
      assertThat(gateway.requests()).hasSize(1);
      assertThat(gateway.requests().get(0).headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void theGatewayIsAskedForTheContentWithTheKey() {
    gateway(served(200, VIDEO, "12345678"));

    assertThat(content(Resume.NOTHING)).isEqualTo("0 of 8, video/mp4, null: 12345678");
    assertThat(gateway.targets()).containsExactly("/v1/videos/sora-2:task_1/content");
    assertThat(gateway.requests().get(0).headers()).containsEntry("authorization", "Bearer " + KEY);
  }

  @Test
  void whatWasBegunByALinkGoesOnFromTheGateway() {
    gateway(
        served(206, VIDEO, "5678", "Content-Range: bytes 4-7/8"),
        served(416, "", ""),
        served(200, VIDEO, "12345678"));

    assertThat(content(HALF)).isEqualTo("4 of 8, video/mp4, null: 5678");
    assertThat(content(HALF)).isEqualTo("0 of 8, video/mp4, null: 12345678");
  }

  @Test
  void contentMayBeALinkThatIsReadWithoutTheKey() {
    gateway(
        json(200, "{\"video_url\":\"" + cdn.url() + "/v.mp4\"}"),
        served(307, "", "", "Location: " + cdn.url() + "/w.mp4"));
    cdn(served(200, VIDEO, "1"), served(200, VIDEO, "2"));

    assertThat(content(Resume.NOTHING)).endsWith(": 1");
    assertThat(content(Resume.NOTHING)).endsWith(": 2");
    assertThat(cdn.requests()).hasSize(2);
    assertThat(cdn.requests()).noneMatch(r -> r.headers().containsKey("authorization"));
    assertThat(gateway.requests()).allMatch(r -> r.headers().containsKey("authorization"));
  }

  @Test
  void contentWithoutAVideoIsANo() {
    gateway(
        json(200, "{\"message\":\"in development\"}"),
        json(404, "{\"error\":{\"message\":\"" + KEY + " knows none\"}}"),
        served(302, "", "", "Location: file:///v.mp4"),
        json(502, "{}"),
        hangUp());

    assertThat(content(Resume.NOTHING)).isEqualTo("gone: no_content");
    assertThat(content(Resume.NOTHING)).isEqualTo("gone: http_404");
    assertThat(content(Resume.NOTHING)).isEqualTo("gone: link_refused");
    assertThat(content(Resume.NOTHING)).isEqualTo("trouble: http_502 null");
    assertThat(content(Resume.NOTHING)).isEqualTo("trouble: link_unreachable null");
  }

  @Test
  void noReasonHoldsTheKey() {
    gateway(json(404, "{\"error\":{\"message\":\"" + KEY + " knows none\"}}"));

    try (VideoSource source = source(FetchSettings.Reach.ANYWHERE)) {
      VideoAnswer.Gone gone = (VideoAnswer.Gone) source.content(TASK, Resume.NOTHING);
      assertThat(gone.reason().message()).contains("knows none").doesNotContain(KEY);
    }
  }

  private void cdn(ScriptedServer.Reply... replies) {
    cdn.script(replies);
  }

  private void gateway(ScriptedServer.Reply... replies) {
    gateway.script(replies);
  }

  private String open(Resume resume) {
    return open(cdn.url().resolve("/v.mp4"), resume);
  }

  private String open(URI link, Resume resume) {
    try (VideoSource source = source(FetchSettings.Reach.ANYWHERE)) {
      return told(source.open(link, resume));
    }
  }

  private String content(Resume resume) {
    try (VideoSource source = source(FetchSettings.Reach.ANYWHERE)) {
      return told(source.content(TASK, resume));
    }
  }

  private VideoSource source(FetchSettings.Reach reach) {
    return new VideoSource(
        new GatewaySettings(
            gateway.url(),
            new ApiKey(KEY),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            2,
            GatewaySettings.DEFAULT_QUERY_PATH,
            GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH),
        new FetchSettings(Duration.ofMillis(500), 2, reach),
        InstantSource.fixed(Instant.EPOCH));
  }

  private static String told(VideoAnswer answer) {
    if (answer instanceof VideoAnswer.Opened opened) {
      try (VideoStream stream = opened.stream()) {
        VideoStream.Head head = stream.head();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[3];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          all.write(buffer, 0, n);
        }
        return head.offset()
            + " of "
            + head.total()
            + ", "
            + head.contentType()
            + ", "
            + head.validator()
            + ": "
            + all.toString(StandardCharsets.UTF_8);
      } catch (IOException e) {
        return "broken: " + e;
      }
    } else if (answer instanceof VideoAnswer.Gone gone) {
      return "gone: " + gone.reason().code();
    } else if (answer instanceof VideoAnswer.Trouble trouble) {
      return "trouble: " + trouble.reason().code() + " " + trouble.pause();
    }
    return "already whole";
  }
}
