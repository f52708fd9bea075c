package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLogTest {

  private final HandClock clock = new HandClock();
  private final Path file;

  FileLogTest(@TempDir Path folder) {
    file = folder.resolve("logs").resolve("requests.jsonl");
  }

  @Test
  void aLineSaysWhatCameWhatWasAnsweredAndWhatWasMade() throws IOException {
    try (var provider = start()) {
      String id = provider.created("sora-2", "a cat\n[sim:fail]");
      provider.get("/v1/videos/" + id);

      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(2);
      var line = Json.MAPPER.readTree(lines.get(0));
      assertThat(line.path("number").longValue()).isEqualTo(1);
      assertThat(line.path("at").stringValue()).isEqualTo("2026-11-20T09:00:00Z");
      assertThat(line.path("status").intValue()).isEqualTo(200);
      assertThat(line.path("task").stringValue()).isEqualTo(id);
      assertThat(line.at("/headers/authorization").stringValue()).isEqualTo("Bearer ***");
      assertThat(line.path("made").toString())
          .isEqualTo(
              "{\"number\":1,\"family\":\"SORA\",\"model\":\"sora-2\","
                  + "\"madeAt\":\"2026-11-20T09:00:00Z\",\"durationMillis\":100000,"
                  + "\"ending\":\"UPSTREAM_ERROR\",\"source\":\"\"}");
      assertThat(lines.get(1)).doesNotContain("made");
    }
  }

  @Test
  void aRestartedSimulatorKnowsEveryTaskAndGoesOnCounting() {
    String sora;
    String grok;
    String stuck;
    List<LoggedRequest> before;
    try (var provider = start()) {
      sora = provider.created("sora-2", "a cat");
      grok = provider.created("grok-video-3", "a dog [sim:moderated]");
      stuck = provider.created("veo3", "a cow [sim:stuck]");
      before = provider.simulator.log();
    }

    try (var provider = start()) {
      var pending = provider.status(sora);
      provider.end();

      assertThat(provider.simulator.tasks()).containsExactly(sora, grok, stuck);
      assertThat(pending.at("/detail/input/prompt").stringValue()).isEqualTo("a cat");
      assertThat(provider.status(sora).path("status").stringValue()).isEqualTo("completed");
      assertThat(provider.status(grok).path("status").stringValue()).isEqualTo("failed");
      assertThat(provider.status(stuck).path("status").stringValue()).isEqualTo("processing");
      assertThat(provider.simulator.log()).startsWith(before.toArray(LoggedRequest[]::new));
      assertThat(provider.simulator.log())
          .extracting(LoggedRequest::number)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(provider.simulator.sends()).isEqualTo(before);
    }
  }

  @Test
  void aTaskWhoseAnswerWasLostIsKnownAfterARestart() {
    try (var provider = start()) {
      provider.simulator.nextSends(Fault.acceptThenHangUp());
      assertThatThrownBy(() -> provider.create("sora-2", "a"))
          .isInstanceOf(Provider.AnswerLost.class);
    }

    try (var provider = start()) {
      assertThat(provider.simulator.tasks()).hasSize(1);
      assertThat(provider.status(provider.simulator.tasks().get(0)).path("status").stringValue())
          .isEqualTo("pending");
    }
  }

  @Test
  void troubleGoesOnWhereItStoppedAfterARestart() {
    var settings = Provider.steady(clock).withTroubleShare(0.5).withSeed(3);
    List<Integer> atOnce;
    try (var provider = new Provider(settings, clock)) {
      atOnce = answers(provider, 30);
    }

    var inTwo = new ArrayList<Integer>();
    for (int run = 0; run < 2; run++) {
      try (var provider = new Provider(settings.withLog(file), clock)) {
        inTwo.addAll(answers(provider, 15));
      }
    }

    assertThat(inTwo).isEqualTo(atOnce).contains(200, 429);
  }

  @Test
  void aTornLastLineIsCutOff() throws IOException {
    String id;
    try (var provider = start()) {
      id = provider.created("sora-2", "a");
    }
    Files.writeString(file, "{\"number\":2,\"at\":\"20", StandardOpenOption.APPEND);

    try (var provider = start()) {
      String next = provider.created("sora-2", "b");

      assertThat(provider.simulator.tasks()).containsExactly(id, next);
      assertThat(Files.readAllLines(file)).hasSize(2);
      assertThat(provider.lastSend().number()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,prompt\n1,a cat\n", "id,prompt\n1,a cat"})
  void aFileThatIsNoLogIsLeftAlone(String content) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);

    assertThatThrownBy(this::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString())
        .hasStackTraceContaining("line")
        .hasStackTraceContaining("was not written by a simulator");

    assertThat(Files.readString(file)).isEqualTo(content);
  }

  @Test
  void whatCannotBeLoggedIsNotMade() throws IOException {
    var log = FileLog.open(file);
    var settings = Provider.steady(clock);
    var tasks = new Tasks();
    var answers = new Answers(URI.create("http://127.0.0.1:1"), ExtendAnswer.ID);
    var endpoints =
        new Endpoints(
            settings,
            log,
            tasks,
            answers,
            new Script(),
            new Script(),
            new Downloads(new Script(), new Script()));
    log.close();

    Reply reply =
        endpoints.answer(
            new Request(
                1,
                clock.instant(),
                "POST",
                "/v1/video/create",
                "",
                Map.of("authorization", "Bearer sk-simulator"),
                Provider.order("sora-2", "a")));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.made()).isNull();
    assertThat(tasks.ids()).isEmpty();
  }

  private static List<Integer> answers(Provider provider, int count) {
    for (int i = 0; i < count; i++) {
      try {
        provider.create("sora-2", "a");
      } catch (Provider.AnswerLost lost) {
        // The log says so with a zero.
      }
    }
    var sends = provider.simulator.sends();
    return sends.subList(sends.size() - count, sends.size()).stream()
        .map(LoggedRequest::status)
        .toList();
  }

  private Provider start() {
    return new Provider(Provider.steady(clock).withLog(file), clock);
  }
}
