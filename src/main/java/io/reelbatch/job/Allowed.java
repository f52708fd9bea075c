package io.reelbatch.job;

import io.reelbatch.model.Message;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * What settings may be. Plain calls in the constructors of the settings: a validation framework
 * would take a tenth of a start, and cron starts the program often.
 */
final class Allowed {

  private Allowed() {}

  /** A setting that has a value it cannot have; {@link WrongValue} says so to people. */
  static final class Violation extends IllegalArgumentException implements Message.Told {

    private static final long serialVersionUID = 1;

    private final String setting;
    private final String value;
    private final transient Message problem;

    private Violation(String setting, String value, Message problem) {
      super(problem.toString());
      this.problem = problem;
      this.setting = setting;
      this.value = value;
    }

    /** Its name below the prefix of its group. */
    String setting() {
      return setting;
    }

    String value() {
      return value;
    }

    @Override
    public Message told() {
      return problem;
    }
  }

  /** From the one to the other, both included. */
  static void between(String setting, long value, long low, long high) {
    if (value < low || value > high) {
      throw new Violation(
          setting, Long.toString(value), Message.of("it goes from {0} to {1}", low, high));
    }
  }

  /** A share: from 0 to 1. */
  static void share(String setting, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new Violation(
          setting, Double.toString(value), Message.of("it goes from {0} to {1}", 0, 1));
    }
  }

  /** Not negative. */
  static void notNegative(String setting, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new Violation(setting, Long.toString(value), Message.of("it must be 0 or more"));
    }
  }

  /** No time at all, or more. */
  static void notNegative(String setting, Duration time) {
    if (time.isNegative()) {
      throw new Violation(setting, written(time), Message.of("it must be 0 or longer"));
    }
  }

  /** At least a millisecond. */
  static void positive(String setting, Duration time) {
    if (time.toMillis() < 1) {
      throw new Violation(setting, written(time), Message.of("it must be 1 ms or longer"));
    }
  }

  /** No longer than that. */
  static void atMost(String setting, Duration time, Duration longest) {
    if (time.compareTo(longest) > 0) {
      throw new Violation(
          setting, written(time), Message.of("it must be {0} days or shorter", longest.toDays()));
    }
  }

  private static String written(Duration time) {
    return DurationStyle.SIMPLE.print(
        time, time.toMillis() % 1000 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
  }

  /** What this makes something of. */
  static void written(String setting, String value, Function<String, ?> made) {
    try {
      var unused = made.apply(value);
    } catch (IllegalArgumentException e) {
      throw new Violation(setting, value, Message.of(e));
    }
  }

  /** Something other than blanks. */
  static void written(String setting, String value) {
    if (value.isBlank()) {
      throw new Violation(setting, "", Message.of("it must not be blank"));
    }
  }
}
