package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingNamesTest {

  @ParameterizedTest
  @CsvSource({
    "reelbatch.submit.rat, reelbatch.submit.rate",
    "reelbatch.gatway.base-url, reelbatch.gateway.base-url",
    "REELBATCH_GATEWAY_BASE_URI, REELBATCH_GATEWAY_BASE_URL",
    "REELBATCH_API_KEY_FIEL, REELBATCH_API_KEY_FILE",
    "REELBATCH_API_KEY_FILES, REELBATCH_API_KEY_FILE",
    "reelbatch.accounts.studio.key, reelbatch.accounts.NAME.api-key-file",
    "REELBATCH_ACCOUNTS_STUDIO_KEYFILE, REELBATCH_ACCOUNTS_NAME_API_KEY_FILE",
    "reelbatch.notifies.team.url, reelbatch.notify",
    "reelbatch.modelsx.sora-2.create.price, reelbatch.models",
    "reelbatch.pricesx, reelbatch.prices",
    "spring.datasource.uri, spring.datasource.url",
    "SPRING_DATASOURCE_URI, SPRING_DATASOURCE_URL",
    "SPRING_DATASORCE_URL, SPRING_DATASOURCE_URL",
    "spring.datasource.user, spring.datasource.url",
    "budget.day, reelbatch.budget.day",
    "prices.pro.price, reelbatch.prices.pro.price",
  })
  void anUnknownNameIsRefusedWithTheNearest(String wrong, String near) {
    Throwable refusal = catchThrowable(() -> check(wrong));

    assertThat(refusal)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("unknown setting " + wrong)
        .hasMessageContaining("Nothing was sent");
    assertThat(refusal.getMessage()).contains("did you mean " + near);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REELBATCH_HOME", "reelbatch.home"})
  void whoNamesTheHomeAsASettingIsToldHowItIsNamed(String wrong) {
    assertThat(catchThrowable(() -> check(wrong)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining("--home")
        .hasMessageContaining("STATE_DIRECTORY")
        .hasMessageContaining("Nothing was sent");
  }

  @ParameterizedTest
  @CsvSource({
    "reelbatch.poll.interval, 3",
    "reelbatch.gateway.answer-timeout, 180",
    "REELBATCH_POLL_FIRST, 20",
    "reelbatch.metrics.every, 15",
    "reelbatch.collect.link-life, soon",
    "reelbatch.poll.lost-after, -5s",
  })
  void aTimeNeedsAUnit(String name, String value) {
    assertThat(catchThrowable(() -> check(name, value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("'" + value + "' is no time")
        .hasMessageContaining("Nothing was sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3s", "200ms", "2h", "90d", "PT3S", "0", " 20m ", ""})
  void aTimeWithItsUnitIsTaken(String value) {
    assertThatCode(() -> check("reelbatch.poll.interval", value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reelbatch.submit.rate",
        "REELBATCH_SUBMIT_IN_FLIGHT",
        "REELBATCH_API_KEY",
        "REELBATCH_API_KEY_FILE",
        "REELBATCH_API_KEY_STUDIO_1",
        "REELBATCH_API_KEY_STUDIO_1_FILE",
        "REELBATCH_ACCOUNTS_STUDIO_APIKEY",
        "reelbatch.accounts.studio.api-key-file",
        "reelbatch.models.[sora-9].create.price",
        "REELBATCH_NOTIFY_TEAM_URL_FILE",
        "reelbatch.submit.rates.extend",
        "reelbatch.prices.pro.price",
        "REELBATCH_LANG",
        "spring.datasource.url",
        "studio.day",
        "java.version",
        "SPRING_DATASOURCE_PASSWORD",
        "spring.datasource.hikari.maximum-pool-size",
        "SPRING_CONFIG_IMPORT",
      })
  void aKnownNameIsTaken(String name) {
    assertThatCode(() -> check(name)).doesNotThrowAnyException();
  }

  private static void check(String name) {
    check(name, "x");
  }

  private static void check(String name, String value) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemEnvironment");
    environment
        .getPropertySources()
        .addFirst(
            name.equals(name.toUpperCase(java.util.Locale.ROOT))
                ? new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, value))
                : new MapPropertySource("a file", Map.of(name, value)));
    new SettingNames().check(environment);
  }
}
