package io.reelbatch.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the simulator behaves. Immutable; start from {@link #defaults()}.
 *
 * @param port where it listens on 127.0.0.1; 0 takes any free one
 * @param apiKey the key it accepts; with -NAME after it, it is that of another account, which knows
 *     its own tasks alone
 * @param taskTime median time from acceptance to the end of a task; zero ends it at once
 * @param taskTimeSpread sigma of the lognormal around {@code taskTime}; 0 gives every task the
 *     median. Drawn from the seed and the task's number, so a repeated run draws the same
 * @param failShare share of the tasks, 0 to 1, that fail with an upstream error; they are charged
 * @param troubleShare share of the paid POSTs, 0 to 1, that meet 429, 502, 503 or a hang-up. 429
 *     and 503 make nothing; every other 502 and hang-up made the task all the same, which the
 *     client cannot see
 * @param maxActive tasks that may be unfinished at once; above it a POST is answered 429 and makes
 *     nothing; 0 sets no limit
 * @param seed of every draw
 * @param extendAnswer what a successful extend answers
 * @param latency real time that passes before each answer
 * @param log file to append every request to and to rebuild the tasks from; null keeps the log in
 *     memory, see {@link Simulator#log()}
 * @param clock time as the tasks see it; latency and silence are real time
 */
public record SimulatorSettings(
    int port,
    String apiKey,
    Duration taskTime,
    double taskTimeSpread,
    double failShare,
    double troubleShare,
    int maxActive,
    long seed,
    ExtendAnswer extendAnswer,
    Duration latency,
    @Nullable Path log,
    Clock clock) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its bounds; the message names it
   */
  public SimulatorSettings {
    check(port >= 0 && port <= 65_535, "port must be 0 to 65535, but is " + port);
    check(!apiKey.isBlank(), "apiKey must not be blank");
    check(!taskTime.isNegative(), "taskTime must not be negative, but is " + taskTime);
    check(
        taskTimeSpread >= 0 && taskTimeSpread <= 3,
        "taskTimeSpread must be 0 to 3, but is " + taskTimeSpread);
    check(isShare(failShare), "failShare must be 0 to 1, but is " + failShare);
    check(isShare(troubleShare), "troubleShare must be 0 to 1, but is " + troubleShare);
    check(maxActive >= 0, "maxActive must not be negative, but is " + maxActive);
    check(!latency.isNegative(), "latency must not be negative, but is " + latency);
    Objects.requireNonNull(extendAnswer, "extendAnswer");
    Objects.requireNonNull(clock, "clock");
  }

  /**
   * A provider without faults: any free port, key {@code sk-simulator}, tasks of 3 s with spread
   * 0.4, seed 1, extend answering an id, no latency, no log file, the system's clock.
   */
  public static SimulatorSettings defaults() {
    return new SimulatorSettings(
        0,
        "sk-simulator",
        Duration.ofSeconds(3),
        0.4,
        0,
        0,
        0,
        1,
        ExtendAnswer.ID,
        Duration.ZERO,
        null,
        Clock.systemUTC());
  }

  /** These settings with another {@code port}. */
  public SimulatorSettings withPort(int value) {
    return new SimulatorSettings(
        value,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code apiKey}. */
  public SimulatorSettings withApiKey(String value) {
    return new SimulatorSettings(
        port,
        value,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code taskTime}. */
  public SimulatorSettings withTaskTime(Duration value) {
    return new SimulatorSettings(
        port,
        apiKey,
        value,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code taskTimeSpread}. */
  public SimulatorSettings withTaskTimeSpread(double value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        value,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code failShare}. */
  public SimulatorSettings withFailShare(double value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        value,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code troubleShare}. */
  public SimulatorSettings withTroubleShare(double value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        value,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code maxActive}. */
  public SimulatorSettings withMaxActive(int value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        value,
        seed,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code seed}. */
  public SimulatorSettings withSeed(long value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        value,
        extendAnswer,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code extendAnswer}. */
  public SimulatorSettings withExtendAnswer(ExtendAnswer value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        value,
        latency,
        log,
        clock);
  }

  /** These settings with another {@code latency}. */
  public SimulatorSettings withLatency(Duration value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        value,
        log,
        clock);
  }

  /** These settings with another {@code log}. */
  public SimulatorSettings withLog(@Nullable Path value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        value,
        clock);
  }

  /** These settings with another {@code clock}. */
  public SimulatorSettings withClock(Clock value) {
    return new SimulatorSettings(
        port,
        apiKey,
        taskTime,
        taskTimeSpread,
        failShare,
        troubleShare,
        maxActive,
        seed,
        extendAnswer,
        latency,
        log,
        value);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
