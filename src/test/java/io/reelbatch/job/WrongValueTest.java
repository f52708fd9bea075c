package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WrongValueTest {

  @ParameterizedTest
  @CsvSource({
    "submit, in-flight,           0,     it goes from 1 to 1000",
    "submit, in-flight,           1001,  it goes from 1 to 1000",
    "submit, max-active,          0,     it goes from 1 to 1000000",
    "poll,   interval,            0s,    it must be 1 ms or longer",
    "poll,   first,               -1ms,  it must be 0 or longer",
    "poll,   grace,               -5ms,  it must be 0 or longer",
    "poll,   lost-after,          -5ms,  it must be 0 or longer",
    "poll,   no-link-polls,       1001,  it goes from 0 to 1000",
    "poll,   in-flight,           0,     it goes from 1 to 1000",
    "poll,   ask-lost-for,        -1ms,  it must be 0 or longer",
    "run,    patience,            0s,    it must be 1 ms or longer",
    "retry,  attempts,            0,     it goes from 1 to 100",
    "retry,  automatic,           101,   it goes from 0 to 100",
    "brakes, canary-refusals,     -1,    it goes from 0 to 1000",
    "brakes, doubts-in-a-row,     101,   it goes from 0 to 100",
    "brakes, doubt-share,         1.1,   it goes from 0 to 1",
    "brakes, doubt-share,         NaN,   it goes from 0 to 1",
    "brakes, first-failures,      -1,    it goes from 0 to 100000",
    "brakes, model-unavailable,   -1,    it goes from 0 to 100000",
    "budget, limit,               -1,    it must be 0 or more",
    "gateway, connect-timeout,    0s,    it must be 1 ms or longer",
    "gateway, answer-timeout,     0s,    it must be 1 ms or longer",
    "submit, in-flight,           many,  it is not a whole number",
    "csv,    charset,             XYZ-9, 'there is no such encoding; UTF-8, UTF-16 and GB18030 are some'",
  })
  void aValueThatCannotBeIsNamedWithThoseThatCan(
      String group, String setting, String value, String problem) {
    assertThat(said(group, setting, value))
        .isEqualTo(
            "setting reelbatch.%s.%s = '%s' cannot be used: %s. Nothing was sent"
                .formatted(group, setting, value, problem));
  }

  @ParameterizedTest
  @CsvSource({
    "run,     create-model",
    "run,     extend-model",
    "gateway, account",
    "gateway, query-path",
    "gateway, query-fallback-path",
  })
  void whatMustBeWrittenMustNotBeEmpty(String group, String setting) {
    assertThat(said(group, setting, " "))
        .isEqualTo(
            "setting reelbatch.%s.%s = '' cannot be used: it must not be blank. Nothing was sent"
                .formatted(group, setting));
  }

  @Test
  void atMostTenYears() {
    assertThat(said("poll", "ask-lost-for", "3651d"))
        .startsWith("setting reelbatch.poll.ask-lost-for")
        .contains("it must be 3650 days or shorter");
  }

  @Test
  void whatIsWithinItsBoundsIsTaken() {
    assertThat(bind("submit", Map.of("reelbatch.submit.in-flight", "1000")))
        .isInstanceOfSatisfying(
            SubmitProperties.class, submit -> assertThat(submit.inFlight()).isEqualTo(1000));
  }

  private static String said(String group, String setting, String value) {
    return WrongValue.of(
            catchThrowableOfType(
                BindException.class,
                () -> bind(group, Map.of("reelbatch." + group + "." + setting, value))))
        .toString();
  }

  private static Object bind(String group, Map<String, String> settings) {
    Class<?> type =
        switch (group) {
          case "submit" -> SubmitProperties.class;
          case "poll" -> PollProperties.class;
          case "run" -> RunProperties.class;
          case "retry" -> RetryProperties.class;
          case "brakes" -> BrakesProperties.class;
          case "budget" -> BudgetProperties.class;
          case "csv" -> CsvProperties.class;
          default -> GatewayProperties.class;
        };
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("reelbatch." + group, type);
  }
}
