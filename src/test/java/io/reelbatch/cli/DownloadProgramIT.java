package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, stopped and killed in the middle of downloads. */
@Timeout(180)
class DownloadProgramIT {

  private static final int SENT = 5000;
  private static final int CLIP = 9398;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator gateway;
  private Path csv;

  DownloadProgramIT() {
    gateway = Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(100)));
  }

  @BeforeEach
  void environment() throws IOException {
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString());
    environment.put("REELBATCH_API_KEY", "sk-simulator");
    environment.put("REELBATCH_POLL_FIRST", "100ms");
    environment.put("REELBATCH_POLL_INTERVAL", "100ms");
    environment.put("REELBATCH_POLL_RATE", "200/s");
    environment.put("REELBATCH_SUBMIT_RATE", "100/s");
    csv = Files.writeString(folder.resolve("shots.csv"), "id,prompt\na,kite\nb,kite\nc,kite\n");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void killedWithinDownloadsTheNextRunGoesOnWithWhatHasCome() throws Exception {
    gateway.everyDownload(Fault.stall(SENT));
    try (Program first = run()) {
      await(() -> parts() == 3, first);
      first.kill();
    }

    assertTheNextRunFetchesTheRest();
  }

  @Test
  void aSignalBreaksDownloadsOffAtOnceAndTheNextRunGoesOn() throws Exception {
    gateway.everyDownload(Fault.stall(SENT));
    try (Program first = run()) {
      await(() -> parts() == 3, first);
      long from = System.nanoTime();
      first.terminate();

      assertThat(first.exit()).isEqualTo(6);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(20));
      assertThat(first.err()).contains("not finished: stopped by a signal");
    }

    assertTheNextRunFetchesTheRest();
  }

  @Test
  void whatCannotBeFetchedIsSaidAndFetchedByALaterRun() throws Exception {
    try (Program first = run("--set", "reelbatch.collect.largest=100B")) {
      assertThat(first.exit()).isEqualTo(3);
      assertThat(first.out()).contains("3 could not be fetched");
    }
    try (Program second = run("--set", "reelbatch.collect.keep-free=9000000GB")) {
      assertThat(second.exit()).isEqualTo(6);
      assertThat(second.err()).contains("not all videos were fetched").contains("no room");
    }
    try (Program third = run()) {
      assertThat(third.exit()).isZero();
    }
    assertThat(gateway.sends()).hasSize(3);
  }

  private void assertTheNextRunFetchesTheRest() throws Exception {
    gateway.heal();
    int before = downloads().size();
    try (Program second = run()) {
      assertThat(second.exit()).isZero();
      assertThat(second.out()).contains("videos: 3 fetched");
    }
    assertThat(gateway.sends()).hasSize(3);
    assertThat(downloads().stream().skip(before).map(LoggedRequest::note))
        .containsOnly("video, " + (CLIP - SENT) + " bytes")
        .hasSize(3);
    assertThat(files(".mp4")).hasSize(3).allMatch(file -> file.toFile().length() == CLIP);
    assertThat(files(".part")).isEmpty();
  }

  private Program run(String... more) {
    Stream<String> arguments =
        Stream.of("run", csv.toString(), "--download", "--home", folder.resolve("home").toString());
    return Program.start(
        folder, environment, Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  private long parts() {
    return files(".part").stream().filter(file -> file.toFile().length() == SENT).count();
  }

  private List<Path> files(String ending) {
    Path videos = folder.resolve("shots-results").resolve("videos");
    if (!Files.isDirectory(videos)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(videos)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<LoggedRequest> downloads() {
    return gateway.log().stream().filter(r -> r.path().startsWith("/files/")).toList();
  }

  private static void await(BooleanSupplier condition, Program program) throws Exception {
    while (!condition.getAsBoolean()) {
      assertThat(program.isRunning()).as(program.out() + program.err()).isTrue();
      Thread.sleep(20);
    }
  }
}
