package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Message;
import io.reelbatch.notice.ChatServer;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who is told what of whole runs. */
class NoticesIT {

  @TempDir Path folder;

  private ChatServer hook;
  private BatchWorld world;

  @BeforeEach
  void begin() {
    hook = new ChatServer("");
    world = new BatchWorld(folder);
    notify("hook", "webhook", "/canary");
  }

  @AfterEach
  void end() {
    world.close();
    hook.close();
  }

  private void notify(String name, String kind, String path) {
    world
        .with("reelbatch.notify." + name + ".kind", kind)
        .with("reelbatch.notify." + name + ".url", hook.url(path).toString())
        .with("reelbatch.notify." + name + ".language", "en");
  }

  /** A run with its notices: whom it could not tell. */
  private List<String> run(Ending ending) {
    Launcher launcher = new Launcher();
    RunResult result = launcher.run(world.request(), new SilentView());
    assertThat(result.ending()).isEqualTo(ending);
    return launcher.notify(result).stream().map(Message::toString).toList();
  }

  private JsonNode last() {
    return hook.messages().get(hook.messages().size() - 1).body();
  }

  private List<String> events() {
    return hook.messages().stream()
        .map(message -> message.body())
        .map(body -> body.path("event").asString() + " " + body.path("ending").asString(""))
        .toList();
  }

  @Test
  void aGoodEndIsToldToThoseAloneWhoWantAll() {
    world.csv("prompt", "a", "b");

    assertThat(run(Ending.SUCCEEDED)).isEmpty();
    assertThat(hook.messages()).isEmpty();

    world.with("reelbatch.notify.hook.when", "always").csv("prompt", "a", "b", "c");
    run(Ending.SUCCEEDED);
    assertThat(events()).containsExactly("end succeeded");
    assertThat(last().path("states").path("SUCCEEDED").asInt()).isEqualTo(3);
    assertThat(last().path("text").asString()).isEqualTo("All 3 videos are ready.");
    assertThat(last().path("report").asString()).endsWith("report.html");
    assertThat(last().path("simulated").asBoolean(true)).isFalse();

    run(Ending.SUCCEEDED); // nothing to do
    assertThat(hook.messages()).hasSize(1);
  }

  @Test
  void aHaltIsToldWithMoneyAndTheCommandAndOnceADay() {
    world
        .with("reelbatch.budget.limit", "1")
        .with("reelbatch.budget.currency", "USD")
        .with("reelbatch.prices.all.price", "0.50")
        .csv("prompt", "a", "b");

    run(Ending.HALTED);

    assertThat(last().path("exit_code").asInt()).isEqualTo(5);
    assertThat(last().path("needs").path(0).path("title").asString())
        .isEqualTo("Sending stopped: the limit of paid requests is reached");
    assertThat(last().path("needs").path(0).path("command").asString())
        .startsWith("cd ")
        .contains("reelbatch run ", world.file().toString());
    assertThat(last().path("money").toString())
        .isEqualTo("[{\"currency\":\"USD\",\"charged\":\"0.5\",\"reserved\":\"0\"}]");

    run(Ending.HALTED);
    run(Ending.HALTED);
    assertThat(events()).containsExactly("end halted");
  }

  @Test
  void anotherTroubleIsToldAtOnceAndTheSameOneAgainWhenItWasOver() {
    world.with("reelbatch.budget.limit", "1").csv("prompt", "a", "b");
    run(Ending.HALTED);

    world.csv("nothing", "a");
    run(Ending.REJECTED);
    run(Ending.REJECTED);
    world.csv("prompt", "a", "b").without("reelbatch.budget.limit");
    run(Ending.SUCCEEDED);
    world.with("reelbatch.budget.limit", "2").csv("prompt", "a", "b", "c");
    run(Ending.HALTED);

    assertThat(events()).containsExactly("end halted", "end rejected", "end halted");
  }

  @Test
  void aDayLaterTheSameTroubleIsToldAgain() throws IOException {
    world.with("reelbatch.budget.limit", "1").csv("prompt", "a", "b");
    run(Ending.HALTED);
    Path told = folder.resolve("home").resolve("notices.json");

    Files.writeString(
        told, Files.readString(told).replaceAll("\"20\\d\\d-", "\"1999-")); // long ago
    run(Ending.HALTED);
    assertThat(hook.messages()).hasSize(2);

    Files.writeString(told, "not json");
    run(Ending.HALTED);
    assertThat(hook.messages()).hasSize(3);
  }

  @Test
  void whoWasNotReachedIsTriedAgainByTheNextRun() {
    world.with("reelbatch.budget.limit", "1").csv("prompt", "a", "b");
    hook.then(404, "gone: /canary");

    assertThat(run(Ending.HALTED))
        .containsExactly(
            "could not notify hook (webhook): HTTP 404: gone: ***. The run itself is not changed by"
                + " that");
    assertThat(run(Ending.HALTED)).isEmpty();

    assertThat(hook.messages()).hasSize(2);
  }

  @Test
  void aFileThatIsRejectedIsToldWithItsFirstError() {
    world.csv("nothing", "a");

    run(Ending.REJECTED);

    assertThat(last().path("needs").path(0).path("text").asString()).contains("prompt");
    assertThat(last().path("report").asString()).endsWith("errors.csv");
    assertThat(last().path("states").isEmpty()).isTrue();
  }

  @Test
  void aRunThatFindsItsHomeInUseHasReadNoSettingsAndTellsSoOnceADay() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    for (String process : List.of("4711", "4712")) {
      RunResult locked =
          RunResult.failed(Ending.LOCKED, Message.verbatim("process " + process + " uses it"));
      assertThat(new Notices(world.request(), RunId.fresh()).ended(locked)).isEmpty();
    }

    assertThat(events()).containsExactly("end locked");
    assertThat(last().path("needs").path(0).path("text").asString()).contains("4711");
  }

  @Test
  void aRunThatASettingStopsTellsSoWhereOthersCanBeRead() {
    world.csv("prompt", "a").with("reelbatch.poll.intervall", "1s");
    run(Ending.USAGE);
    assertThat(last().path("needs").path(0).path("text").asString()).contains("poll.intervall");

    world.without("reelbatch.poll.intervall").with("reelbatch.poll.interval", "often");
    run(Ending.USAGE);
    assertThat(events()).containsExactly("end usage", "end usage");
  }

  @Test
  void aTargetThatCannotBeRightStopsTheStartAndIsNotRepeated() {
    world.csv("prompt", "a").with("reelbatch.notify.hook.url", "htp://canary/${canary}");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains("reelbatch.notify")
        .doesNotContain("canary");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void rowsThatComeIntoDoubtAreToldOfWhileTheRunGoesOn() {
    world.close();
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)));
    notify("hook", "webhook", "/canary");
    world.csv("prompt", "a [sim:hang-up]", "b", "c");

    run(Ending.IN_DOUBT);

    assertThat(events()).containsExactly("doubt ", "end in_doubt");
    JsonNode first = hook.messages().get(0).body();
    assertThat(first.path("ended_at").isNull()).isTrue();
    assertThat(first.path("needs").path(0).path("command").asString())
        .startsWith("reelbatch doubt list --batch shots --home ");
    assertThat(last().path("needs").path(0).path("title").asString()).isEqualTo("1 in doubt");
  }

  @Test
  void aChatThatHangsChangesNothingButALine() {
    world
        .with("reelbatch.notify.hook.timeout", "200ms")
        .with("reelbatch.budget.limit", "1")
        .csv("prompt", "a", "b");
    hook.hang();

    assertThat(run(Ending.HALTED))
        .singleElement()
        .asString()
        .startsWith("could not notify hook (webhook): no answer within 200 ms");
  }
}
