package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskListing;
import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole batches the way of OpenAI, with the catalogue's entry that the documentation shows. */
class OpenAiIT {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final String HEADER = "id,operation,prompt,model,seconds,size,source";
  private static final String KITE = "a,,A red kite over snow,sora-2-2025-12-08,8,1280x720,";
  private static final String BOAT = "b,,A boat,sora-2-2025-12-08,,,";

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void aModelOfTheDocumentation() throws IOException {
    world = new BatchWorld(folder);
    Matcher block = YAML.matcher(Files.readString(Path.of("src/docs/settings.md")));
    while (block.find()) {
      if (block.group(1).contains("endpoint: openai")) {
        configure(block.group(1));
      }
    }
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aBatchIsSentPolledAndReported() throws IOException {
    world.csv(HEADER, KITE, BOAT, "c,remix,finer,,,,a", "d,,[sim:refuse] x,sora-2-2025-12-08,,,");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state"))
        .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "REFUSED");
    assertThat(world.reported("video_url").subList(0, 3))
        .containsExactlyElementsOf(
            world.reported("task_id").subList(0, 3).stream()
                .map(task -> world.gateway.baseUrl() + "/v1/videos/" + task + "/content")
                .toList());
    assertThat(world.reported("link_expires_at").get(0)).isNotBlank();
    assertThat(bodyOf("A red kite over snow")).isEqualTo(golden());
    assertThat(bodyOf("A boat").path("seconds")).isEqualTo(golden().path("seconds"));
    assertThat(world.gateway.log())
        .extracting(LoggedRequest::path)
        .allMatch(path -> path.startsWith("/v1/videos"));
    assertThat(world.run().nothingToDo()).isTrue();
  }

  static Stream<Fault> answersThatAreLost() {
    return Stream.of(
        Fault.acceptThenHangUp(),
        Fault.acceptThenCutAnswer(),
        Fault.acceptThenAnswer(200, "{}"),
        Fault.acceptThenAnswer(500, "{\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}"));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreLost")
  void aLostAnswerIsFoundInTheListAndAdopted(Fault fault) {
    world.csv(HEADER, KITE, KITE.replaceFirst("a", "b"));
    world.gateway.nextSends(fault);
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);

    DoubtList list = desk().lookUp();

    assertThat(list.rows()).hasSize(1);
    assertThat(list.rows().get(0).candidates()).hasSize(1); // the other row's task is known
    Candidate candidate = list.rows().get(0).candidates().get(0);
    assertThat(candidate.likeness()).isEqualTo(Candidate.Likeness.PROMPT);
    assertThat(candidate.task().task().value()).isEqualTo(world.gateway.tasks().get(0));

    desk().adopt(new RowKey("a"), candidate.task().task(), DoubtDesk.Prompt.AS_ASKED);

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.gateway.sends()).hasSize(2);
    assertThat(world.reported("video_url").get(0))
        .endsWith("/v1/videos/" + candidate.task().task() + "/content");
  }

  @Test
  void whereNothingWasMadeNoTaskIsNamed() {
    world.csv(HEADER, KITE);
    world.gateway.nextSends(Fault.hangUp());
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);

    DoubtList list = desk().lookUp();

    assertThat(list.rows()).hasSize(1);
    assertThat(list.rows().get(0).candidates()).isEmpty();
    assertThat(list.listing()).isInstanceOf(TaskListing.Listed.class);
  }

  @Test
  void anEmptyAccountStopsTheSendingAndNothingIsLost() {
    world.csv(HEADER, KITE, BOAT);
    world.gateway.nextSends(
        Fault.answer(429, "{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}"));

    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("A boat", "A red kite over snow");
  }

  @Test
  void aGatewayWithoutTheListIsAskedOnceAndTheRowsAreListedAllTheSame() {
    world.csv(HEADER, KITE);
    world.gateway.nextSends(Fault.acceptThenHangUp());
    world.run();
    world.gateway.everyQuery(
        Fault.answer(404, "{\"error\":{\"message\":\"Invalid URL (GET /v1/videos)\"}}"));

    DoubtList list = desk().lookUp();

    assertThat(list.rows()).hasSize(1);
    assertThat(list.listing()).isInstanceOf(TaskListing.NotOffered.class);
    assertThat(listRequests(world.gateway)).hasSize(1);
  }

  @Test
  void withoutAKeyTheRowsAreListedAndNobodyIsAsked() {
    world.csv(HEADER, KITE);
    world.gateway.nextSends(Fault.acceptThenHangUp());
    world.run();
    world.without("reelbatch.api-key");

    DoubtList list = desk().lookUp();

    assertThat(list.rows()).hasSize(1);
    assertThat(list.listing())
        .isInstanceOfSatisfying(
            TaskListing.Unread.class,
            unread -> assertThat(unread.reason().message()).contains("REELBATCH_API_KEY"));
    assertThat(listRequests(world.gateway)).isEmpty();
  }

  @Test
  void theKeyGoesToNoOtherGatewayThanTheBatchs() {
    world.csv(HEADER, KITE);
    world.gateway.nextSends(Fault.acceptThenHangUp());
    world.run();
    try (Simulator other = Simulator.start(SimulatorSettings.defaults())) {
      world.with("reelbatch.gateway.base-url", other.baseUrl().toString());

      DoubtList list = desk().lookUp();

      assertThat(list.rows()).hasSize(1);
      assertThat(list.listing()).isInstanceOf(TaskListing.Unread.class);
      assertThat(other.log()).isEmpty();
    }
  }

  @Test
  void aPaidRowStaysWhereItWasOrderedWhateverTheCatalogueSaysLater() {
    world.csv(HEADER, KITE);
    world.gateway.everyQuery(Fault.answer(503, ""));
    assertThat(world.deadline(Duration.ofSeconds(2)).run().ending()).isEqualTo(Ending.UNFINISHED);
    world.gateway.heal();
    world.with("reelbatch.models.sora-2-2025-12-08.endpoint", "unified").deadline(null);

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("video_url").get(0)).endsWith("/content");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  private void configure(String yaml) throws IOException {
    var resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
    for (var source : new YamlPropertySourceLoader().load("documented", resource)) {
      var properties = (EnumerablePropertySource<?>) source;
      for (String name : properties.getPropertyNames()) {
        world.with(name, String.valueOf(properties.getProperty(name)));
      }
    }
  }

  private JsonNode bodyOf(String prompt) {
    return world.gateway.sends().stream()
        .map(send -> JsonMapper.shared().readTree(send.body()))
        .filter(body -> body.path("prompt").asString().equals(prompt))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode golden() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(Path.of("src/test/resources/golden/openai-create.json")));
  }

  private static List<LoggedRequest> listRequests(Simulator gateway) {
    return gateway.log().stream()
        .filter(request -> request.path().startsWith("/v1/videos?"))
        .toList();
  }

  private DoubtDesk desk() {
    return new DoubtDesk(world.use(), new BatchName("shots"), "a tester");
  }
}
