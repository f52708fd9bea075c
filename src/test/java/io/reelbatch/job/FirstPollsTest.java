package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class FirstPollsTest {

  private static final Effort PRO = new Effort("create sora-2-pro 15");

  @Test
  void aTaskIsAskedAfterFirstAtHalfOfItsTypicalTime() {
    FirstPolls first = with(Map.of());

    assertThat(first.of(PRO)).isEqualTo(Duration.ofSeconds(110));
    assertThat(first.of(new Effort("create sora-9"))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatIsSetHoldsForAll() {
    assertThat(with(Map.of("reelbatch.poll.first", "5s")).of(PRO)).isEqualTo(Duration.ofSeconds(5));
    assertThat(with(Map.of("REELBATCH_POLL_FIRST", "5s")).of(PRO)).isEqualTo(Duration.ofSeconds(5));
  }

  private static FirstPolls with(Map<String, Object> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            settings.keySet().stream().anyMatch(name -> name.startsWith("REELBATCH_"))
                ? new org.springframework.core.env.SystemEnvironmentPropertySource(
                    "systemEnvironment", settings)
                : new MapPropertySource("command line", settings));
    ConfigurationPropertySources.attach(environment);
    PollProperties poll =
        Binder.get(environment).bindOrCreate("reelbatch.poll", PollProperties.class);
    return new FirstPolls(poll, ShippedModels.catalogue(), environment);
  }
}
