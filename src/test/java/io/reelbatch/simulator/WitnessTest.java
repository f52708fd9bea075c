package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void itSeesHowFarASendHasCome() {
    var provider = new Provider();
    provider.simulator.watchedBy(
        moment -> seen.add(moment + ", tasks " + provider.simulator.tasks().size()));

    String id = provider.created("sora-2", "a kite");
    // The client may have read all there is before the last is seen.
    provider.close();

    assertThat(provider.simulator.tasks()).containsExactly(id);
    assertThat(seen)
        .containsExactly(
            "SEND_ARRIVED, tasks 0",
            "SEND_DECIDED, tasks 1",
            "SEND_HALF_ANSWERED, tasks 1",
            "SEND_ANSWERED, tasks 1");
  }

  @Test
  void ofAQueryItSeesThatItArrives() {
    try (var provider = new Provider()) {
      provider.simulator.watchedBy(moment -> seen.add(moment.name()));

      provider.get("/v1/videos/unknown");

      assertThat(seen).containsExactly("QUERY_ARRIVED");
    }
  }
}
