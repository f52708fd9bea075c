package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectiveTest {

  private final Provider provider = new Provider();

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({"refuse, content_policy_violation", "sentinel, sentinel_block"})
  void aRefusedPromptMakesNothing(String word, String code) {
    var response = provider.create("sora-2", "a cat [sim:" + word + "]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(provider.simulator.tasks()).isEmpty();
  }

  @Test
  void aHangUpChargesAndAnswersNothing() {
    assertThatThrownBy(() -> provider.create("sora-2", "[sim:hang-up] a cat"))
        .isInstanceOf(Provider.AnswerLost.class);

    assertThat(provider.simulator.tasks()).containsExactly(provider.lastSend().task());
    assertThat(provider.simulator.sends()).hasSize(1);
    assertThat(provider.lastSend().status()).isZero();
  }

  @Test
  void anEmptyAnswerChargesAndNamesNoTask() {
    var response = provider.create("sora-2", "a cat [sim:empty]");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(provider.simulator.tasks()).hasSize(1);
  }

  @Test
  void aStuckTaskStaysAt42PercentForEver() {
    String id = provider.created("grok-video-3", "a cat [sim:stuck]");
    provider.clock.pass(Duration.ofDays(365));

    var answer = provider.status(id);

    assertThat(answer.path("status").stringValue()).isEqualTo("processing");
    assertThat(answer.path("progress").intValue()).isEqualTo(42);
  }

  @Test
  void aSlowTaskTakesTenTimesAsLong() {
    String id = provider.created("grok-video-3", "a cat [sim:slow]");
    provider.clock.pass(Provider.TASK_TIME.multipliedBy(10).minusMillis(1));
    String before = provider.status(id).path("status").stringValue();
    provider.clock.pass(Duration.ofMillis(1));

    assertThat(before).isEqualTo("processing");
    assertThat(provider.status(id).path("status").stringValue()).isEqualTo("completed");
  }

  @Test
  void aVanishingTaskIsKnownUntilItShouldEnd() {
    String id = provider.created("sora-2", "a cat [sim:vanish]");
    int before = provider.get("/v1/videos/" + id).statusCode();
    provider.end();

    var after = provider.get("/v1/videos/" + id);

    assertThat(before).isEqualTo(200);
    assertThat(after.statusCode()).isEqualTo(400);
    assertThat(after.body()).contains("task_not_exist");
    assertThat(provider.simulator.tasks()).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({"sora-2", "grok-video-3", "veo3"})
  void aTaskWithoutALinkIsCompletedAndCannotBeFetched(String model) {
    String id = provider.created(model, "a cat [sim:no-link]");
    provider.end();

    var answer = provider.status(id);

    assertThat(answer.path("status").stringValue()).isEqualTo("completed");
    assertThat(answer.toString()).doesNotContain("/files/");
    assertThat(provider.get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(502);
    assertThat(provider.get("/files/" + id.replace(':', '~') + ".mp4").statusCode()).isEqualTo(404);
  }

  @Test
  void aBusyPromptIsAcceptedTheSecondTime() {
    var first = provider.create("sora-2", "a cat [sim:busy]");
    var second = provider.create("sora-2", "a cat [sim:busy]");

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(provider.simulator.tasks()).hasSize(1);
  }

  @Test
  void theFirstOfSeveralWins() {
    var response = provider.create("sora-2", "[sim:empty] then [sim:refuse]");

    assertThat(response.body()).isEqualTo("{}");
  }

  @Test
  void aTypingErrorIsRefusedAndNamesTheWordsThatExist() {
    var response = provider.create("sora-2", "a cat [sim:hangup]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("knows no [sim:hangup]", "[sim:hang-up]");
    assertThat(provider.simulator.tasks()).isEmpty();
  }
}
