package io.reelbatch.worlds;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What happens to one run. Steps and points count from its beginning; {@link #NEVER} for not at
 * all.
 *
 * @param killDatabase the point in the database at which the process dies
 * @param fullFromCommit from which commit on the disk is full
 * @param threadFaults how often no thread can be had for a request
 * @param mishap what happens at one numbered point of the run
 * @param breaks whether it cannot end well
 */
record Storm(
    boolean isCalm,
    boolean isRough,
    long killStep,
    long killDatabase,
    long signalStep,
    Optional<Duration> deadline,
    long keyStep,
    long brokeStep,
    long clockStep,
    long fullFromCommit,
    double threadFaults,
    Optional<Mishap> mishap,
    boolean breaks) {

  static final long NEVER = Long.MAX_VALUE;

  static Storm none() {
    return calm(Optional.empty(), false);
  }

  /** Calm but for that. */
  static Storm with(Mishap mishap) {
    return calm(Optional.of(mishap), false);
  }

  /** Calm, with something in the way of its files. */
  static Storm inTheWay() {
    return calm(Optional.empty(), true);
  }

  private static Storm calm(Optional<Mishap> mishap, boolean breaks) {
    return new Storm(
        true,
        false,
        NEVER,
        NEVER,
        NEVER,
        Optional.empty(),
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        0,
        mishap,
        breaks);
  }

  static Storm drawn(RandomGenerator random) {
    return new Storm(
        false,
        true,
        maybe(random, 0.35, 300),
        maybe(random, 0.35, 500),
        maybe(random, 0.15, 300),
        random.nextInt(8) == 0
            ? Optional.of(Duration.ofMillis(random.nextInt(200_000)))
            : Optional.empty(),
        maybe(random, 0.1, 300),
        maybe(random, 0.07, 300),
        maybe(random, 0.15, 300),
        maybe(random, 0.1, 40),
        random.nextInt(15) == 0 ? 0.1 : 0,
        Optional.empty(),
        false);
  }

  private static long maybe(RandomGenerator random, double share, int most) {
    long at = 1L + random.nextInt(random.nextBoolean() ? most : most / 5);
    return random.nextDouble() < share ? at : NEVER;
  }
}
