package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs with {@code --download}; the server's own log says what was fetched. */
@Timeout(180)
class DownloadIT {

  private static final byte[] CLIP = clip();
  private static final Pattern SENT = Pattern.compile("video, (\\d+) bytes.*");

  private BatchWorld world;

  @BeforeEach
  void open(@TempDir Path folder) {
    world =
        new BatchWorld(folder)
            .downloading()
            .with("reelbatch.collect.pause", "10ms")
            .with("reelbatch.collect.tries", "2")
            .csv("id,prompt", "kite,a red kite over snow", "海,日落时的海浪");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void videosLieBesideTheReportWhichSaysWhatTheyAre() {
    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(result.videos()).isEqualTo(new FetchedVideos(2, 2L * CLIP.length, 0, null));
    assertThat(world.reported("video_file"))
        .containsExactly("videos/kite-a-red-kite-over-snow.mp4", "videos/海-日落时的海浪.mp4");
    assertAllAreWhole(2);
    assertThat(world.json().get(0).path("video_bytes").asLong()).isEqualTo(CLIP.length);
    assertThat(world.json().get(0).path("video_sha256").asString()).hasSize(64);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() {
    world.run();
    int before = downloads().size();

    RunResult result = world.run();

    assertThat(result.nothingToDo()).isTrue();
    assertThat(downloads()).hasSize(before);
  }

  @Test
  void aFinishedBatchIsFetchedLaterWithoutSendingOrPolling() {
    world.leavingVideos().run();
    long asked = world.gateway.log().size();

    RunResult result = world.downloading().run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
    assertThat(world.gateway.sends()).hasSize(2);
    assertThat(world.gateway.log()).hasSize((int) asked + 2);
  }

  @Test
  void aFileThatSomebodyDeletedIsFetchedAgainAndAChangedOneIsNotTouched() throws IOException {
    world.run();
    Path kite = world.out().resolve("videos/kite-a-red-kite-over-snow.mp4");
    Path sea = world.out().resolve("videos/海-日落时的海浪.mp4");
    Files.delete(kite);
    Files.writeString(sea, "mine");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(kite).hasBinaryContent(CLIP);
    assertThat(sea).hasContent("mine");
    assertThat(world.reported("video_file").get(1)).startsWith("videos/海-日落时的海浪-");
    assertThat(world.out().resolve(world.reported("video_file").get(1))).hasBinaryContent(CLIP);
  }

  static Stream<Fault> wrongAnswers() {
    return Stream.of(
        Fault.answer(403, "<Error><Code>AuthenticationFailed</Code></Error>"),
        Fault.answer(404, ""),
        Fault.answer(200, "<html>your video</html>"),
        Fault.answer(200, Map.of("Content-Type", "video/mp4"), "<html>your video</html>"),
        Fault.answer(200, Map.of("Content-Type", "video/mp4"), ""),
        Fault.answer(302, Map.of("Location", "http://127.0.0.1:9/v.mp4"), ""),
        Fault.answer(302, Map.of("Location", "http://[::1]:9/v.mp4"), ""),
        Fault.answer(302, Map.of("Location", "file:///etc/passwd"), ""),
        Fault.answer(302, Map.of("Location", "/files/loop.mp4"), ""),
        Fault.shorten(1),
        Fault.shorten(5000),
        Fault.shorten(9000));
  }

  @ParameterizedTest
  @MethodSource("wrongAnswers")
  void whatIsNoWholeVideoIsNeverCalledDone(Fault fault) {
    world.gateway.everyDownload(fault).everyContent(Fault.answer(404, ""));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(Objects.requireNonNull(result.videos()).fetched()).isZero();
    assertThat(result.videos().givenUp()).isEqualTo(2);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED");
    assertThat(world.reported("video_file")).containsOnly("");
    assertThat(world.reported("error_message")).allMatch(text -> !text.isEmpty());
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".mp4"));
  }

  @ParameterizedTest
  @MethodSource("wrongAnswers")
  void theGatewayItselfIsTheLastResort(Fault fault) {
    world.gateway.everyDownload(fault);

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
  }

  @Test
  void whatWasGivenUpIsTriedAgainByTheNextRun() {
    world.gateway.everyDownload(Fault.answer(403, "")).everyContent(Fault.answer(404, ""));
    world.run();
    assertThat(world.reported("error_code")).containsOnly("http_403");
    world.gateway.heal();

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
    assertThat(world.reported("error_code")).containsOnly("");
    assertThat(world.gateway.sends()).hasSize(2);
  }

  @Test
  void aServerThatKnowsNoRangesStartsCleanlyAnew() {
    world.csv("prompt", "kite");
    world.gateway.nextDownloads(Fault.cut(5000)).everyDownload(Fault.ignoreRange());

    world.run();

    assertAllAreWhole(1);
  }

  @Test
  void theKeyLeavesForNoLinkNorWhereOneLeads() {
    try (Simulator elsewhere = Simulator.start(SimulatorSettings.defaults())) {
      String there = elsewhere.baseUrl() + "/files/v.mp4";
      world
          .with("reelbatch.collect.allow-private", "true")
          .gateway
          .everyDownload(Fault.answer(302, Map.of("Location", there), ""))
          .everyContent(Fault.answer(302, Map.of("Location", there), ""));

      world.run();

      assertThat(elsewhere.log()).isNotEmpty();
      assertThat(elsewhere.log()).noneMatch(DownloadIT::hasKey);
      assertThat(downloads()).noneMatch(DownloadIT::hasKey);
    }
  }

  @Test
  void fiveHundredFilesArriveWholeThoughThreeInTenBreakOff() {
    String[] lines =
        Stream.concat(
                Stream.of("prompt"), IntStream.range(0, 500).mapToObj(i -> "kite number " + i))
            .toArray(String[]::new);
    world
        .csv(lines)
        .with("reelbatch.submit.rate", "1000/s")
        .with("reelbatch.submit.max-active", "500")
        .gateway
        .everyDownload(Fault.cutSome(0.3));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(500);
    long sent = downloads().stream().mapToLong(DownloadIT::sent).sum();
    long size = 500L * CLIP.length;
    System.out.println(
        "500 files, " + downloads().size() + " downloads, " + sent + " of " + size + " bytes sent");
    assertThat(sent).isBetween(size, size * 105 / 100);
    assertThat(downloads().size()).isGreaterThan(600);
  }

  @Test
  void withADeadlineTheNextRunGoesOnWithWhatIsThere() {
    world
        .with("reelbatch.collect.in-flight", "1")
        .with("reelbatch.collect.link-life", "7d")
        .with("reelbatch.collect.pause", "60s")
        .deadline(Duration.ofSeconds(3))
        .gateway
        .nextDownloads(Fault.cut(5000), Fault.answer(503, ""))
        .everyDownload(Fault.answer(503, ""));

    RunResult first = world.run();
    world.gateway.heal();
    int before = downloads().size();
    RunResult second = world.deadline(null).run();

    assertThat(first.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
    assertThat(downloads().stream().skip(before).mapToLong(DownloadIT::sent).sum())
        .isEqualTo(2L * CLIP.length - 5000);
    assertThat(world.gateway.sends()).hasSize(2);
  }

  @Test
  void aServerThatFallsSilentIsLeftAndGoneOnWith() {
    world
        .csv("prompt", "kite")
        .with("reelbatch.collect.silence", "300ms")
        .gateway
        .nextDownloads(Fault.stall(5000));

    world.run();

    assertAllAreWhole(1);
    assertThat(downloads()).hasSize(2);
    assertThat(downloads().get(1).headers())
        .containsEntry("range", "bytes=5000-")
        .containsKey("if-range");
  }

  @Test
  void aLivingLinkWhoseServerIsDownIsNotWaitedForAlone() {
    world
        .with("reelbatch.collect.link-life", "7d")
        .gateway
        .everyDownload(Fault.answer(503, "down"));

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
  }

  @Test
  void aLinkThatIsKnownToBeDeadIsNotTriedButRenewed() {
    world.leavingVideos().run();
    world.update(
        "update task set link_expires_at = timestamp with time zone '2020-01-01 00:00:00Z'");

    RunResult result = world.downloading().run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
    assertThat(downloads()).hasSize(2);
  }

  @Test
  void aRefusedKeyDoesNotKeepLivingLinksFromBeingFetched() {
    world.leavingVideos().run();
    world.gateway.everyQuery(Fault.answer(401, "{}"));

    assertThat(world.downloading().run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
  }

  @Test
  void anotherTakeOfAVideoGetsAFileOfItsOwn() throws Exception {
    world.run();
    world.update("update batch_row set state = 'PLANNED', version = version + 1 where id = 1");

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(files()).hasSize(3);
    assertThat(world.reported("video_file").get(0))
        .matches("videos/kite-a-red-kite-over-snow-[0-9a-f]{8}\\.mp4");
  }

  @Test
  void thoseWhoseLinksDieFirstAreFetchedFirst() {
    world
        .csv("id,prompt", "a,x", "b,x", "c,x")
        .with("reelbatch.collect.in-flight", "1")
        .leavingVideos()
        .run();
    world.update(
        "update task set link_expires_at = case row_id when 1 then null"
            + " when 2 then timestamp with time zone '2999-01-01 00:00:00Z'"
            + " else current_timestamp + interval '5' minute end");

    world.downloading().run();

    assertThat(downloads().stream().map(LoggedRequest::path).toList())
        .containsExactly(link(2), link(0), link(1));
  }

  @Test
  void aDiskWithoutRoomEndsTheFetchingAloneAndIsSaid() {
    world.with("reelbatch.collect.keep-free", "8000000TB");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(Objects.requireNonNull(result.videos()).trouble()).contains("has no room");
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED");
    world.with("reelbatch.collect.keep-free", "1MB");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertAllAreWhole(2);
  }

  @Test
  void aFolderThatCannotBeWrittenToEndsTheFetchingAlone() throws IOException {
    Files.createDirectories(world.out());
    Files.writeString(world.out().resolve("videos"), "no folder");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(Objects.requireNonNull(result.videos()).trouble()).contains("cannot write to");
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED");
  }

  @Test
  void aTemplateThatTellsNoRowsApartSendsNothing() {
    RunResult result = world.with("reelbatch.collect.name", "{prompt}").run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("reelbatch.collect.name", "{id} or {task}");
    assertThat(world.gateway.sends()).isEmpty();
  }

  private String link(int line) {
    return java.net.URI.create(world.reported("video_url").get(line)).getPath();
  }

  private void assertAllAreWhole(int files) {
    assertThat(files()).hasSize(files).allSatisfy(f -> assertThat(f).hasBinaryContent(CLIP));
    assertThat(world.reported("video_file"))
        .hasSize(files)
        .allSatisfy(file -> assertThat(world.out().resolve(file)).exists());
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(world.out().resolve("videos"))) {
      return files.toList();
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<LoggedRequest> downloads() {
    return world.gateway.log().stream().filter(r -> r.path().startsWith("/files/")).toList();
  }

  private static boolean hasKey(LoggedRequest request) {
    return request.headers().containsKey("authorization");
  }

  private static long sent(LoggedRequest request) {
    Matcher sent = SENT.matcher(request.note());
    return sent.matches() ? Long.parseLong(sent.group(1)) : 0;
  }

  private static byte[] clip() {
    try (InputStream in =
        Objects.requireNonNull(
            Simulator.class.getResourceAsStream("clip.mp4"), "the simulator has a clip")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
