package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownloadsTest {

  private static final int CLIP = 9398;

  private final Provider provider = new Provider();
  private String link = "";
  private String content = "";

  @BeforeEach
  void aFinishedVideo() {
    String id = provider.created("sora-2", "kite");
    provider.end();
    link = "/files/" + id.replace(':', '~') + ".mp4";
    content = "/v1/videos/" + id + "/content";
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void theLogSaysHowManyBytesWereSent() {
    get(link);
    get(content);
    provider.send(provider.request(link).header("Range", "bytes=9000-").GET());

    assertThat(provider.simulator.log())
        .extracting(LoggedRequest::note)
        .endsWith("video, 9398 bytes", "video, 9398 bytes", "video, 398 bytes");
  }

  @Test
  void aCutDownloadAnnouncesMoreThanComes() {
    provider.simulator.nextDownloads(Fault.cut(100));

    assertThatThrownBy(() -> get(link)).isInstanceOf(Provider.AnswerLost.class);
    assertThat(lastNote()).isEqualTo("video, 100 bytes; fault: cut");
    assertThat(get(link).statusCode()).isEqualTo(200);
  }

  @Test
  void aShareOfTheDownloadsIsCut() {
    provider.simulator.everyDownload(Fault.cutSome(0.3));

    int cut = 0;
    for (int i = 0; i < 100; i++) {
      try {
        get(link);
      } catch (Provider.AnswerLost e) {
        cut++;
      }
    }

    assertThat(cut).isBetween(15, 45);
  }

  @Test
  void aServerMayIgnoreRanges() {
    provider.simulator.everyDownload(Fault.ignoreRange());

    var all = provider.send(provider.request(link).header("Range", "bytes=9000-").GET());

    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.headers().firstValueAsLong("Content-Length")).hasValue(CLIP);
  }

  @Test
  void aShortenedDownloadLooksWhole() {
    provider.simulator.everyDownload(Fault.shorten(98));

    var part = get(link);

    assertThat(part.statusCode()).isEqualTo(200);
    assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(CLIP - 98);
    assertThat(lastNote()).isEqualTo("video, 9300 bytes; fault: shortened");
  }

  @Test
  void aStalledDownloadEndsWithTheSimulatorAlone() {
    provider.simulator.everyDownload(Fault.stall(100));
    int before = provider.simulator.log().size();

    var download = CompletableFuture.supplyAsync(() -> get(link));
    while (provider.simulator.log().size() == before) {
      Thread.onSpinWait();
    }
    assertThat(download).isNotDone();
    provider.close();

    assertThatThrownBy(download::join).hasCauseInstanceOf(Provider.AnswerLost.class);
  }

  @Test
  void aRangeOfAnotherVideoIsTheWhole() {
    var same =
        provider.send(
            provider
                .request(link)
                .header("Range", "bytes=9000-")
                .header("If-Range", get(link).headers().firstValue("ETag").orElseThrow())
                .GET());
    var other =
        provider.send(
            provider
                .request(link)
                .header("Range", "bytes=9000-")
                .header("If-Range", "\"another\"")
                .GET());

    assertThat(same.statusCode()).isEqualTo(206);
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void linksAndContentHaveFaultsOfTheirOwn() {
    provider.simulator.everyDownload(Fault.answer(403, "")).everyContent(Fault.answer(404, ""));
    assertThat(get(link).statusCode()).isEqualTo(403);
    assertThat(get(content).statusCode()).isEqualTo(404);

    provider.simulator.everyDownload(
        Fault.answer(302, Map.of("Location", "http://127.0.0.1:9/"), ""));
    assertThat(get(link).statusCode()).isEqualTo(302);

    provider.simulator.heal();
    assertThat(get(link).statusCode()).isEqualTo(200);
    assertThat(get(content).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) {
    return provider.get(path);
  }

  private String lastNote() {
    var log = provider.simulator.log();
    return log.get(log.size() - 1).note();
  }
}
