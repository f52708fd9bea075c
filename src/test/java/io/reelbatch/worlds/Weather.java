package io.reelbatch.worlds;

import io.reelbatch.pacing.Rate;
import io.reelbatch.poll.PollSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a world is like: the program's settings, and how rough it is out there.
 *
 * @param stickiness how likely a thread that could go on does
 * @param longestWait how long at most a side of the program waits before it looks again
 * @param sendFaults share of paid requests that something goes wrong with
 * @param pollFaults the same of questions
 * @param commitFaults share of commits that fail for a moment
 * @param storms runs in which anything may happen; a calm one comes after them
 */
record Weather(
    Rate submitRate,
    int inFlight,
    int maxActive,
    Rate pollRate,
    int pollsInFlight,
    PollSettings polling,
    Duration patience,
    Duration longestWait,
    Duration longestTask,
    double stickiness,
    boolean secondAddress,
    int lines,
    double sendFaults,
    double pollFaults,
    double commitFaults,
    double lostTasks,
    int storms) {

  /** Where nothing happens by itself. */
  static Weather calm() {
    return new Weather(
        Rate.valueOf("10/s"),
        2,
        3,
        Rate.valueOf("5/s"),
        2,
        new PollSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(20),
            2,
            1),
        Duration.ofHours(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(4),
        0.5,
        false,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  static Weather drawn(RandomGenerator random) {
    return new Weather(
        Rate.valueOf(one(random, "1/s", "2/s", "10/s", "300/s", "20/m")),
        1 + random.nextInt(6),
        1 + random.nextInt(8),
        Rate.valueOf(one(random, "1/s", "5/s", "100/s")),
        1 + random.nextInt(6),
        new PollSettings(
            Duration.ofSeconds(1 + random.nextInt(30)),
            Duration.ofSeconds(5 + random.nextInt(15)),
            Duration.ofSeconds(60),
            Duration.ofMinutes(20),
            1 + random.nextInt(3),
            1),
        Duration.ofHours(2),
        Duration.ofMillis(random.nextInt(20) == 0 ? 200 : 1000 + random.nextInt(20_000)),
        Duration.ofSeconds(5 + random.nextInt(90)),
        new double[] {0, 0.5, 0.9}[random.nextInt(3)],
        random.nextBoolean(),
        2 + random.nextInt(9),
        new double[] {0, 0.15, 0.4, 0.7}[random.nextInt(4)],
        new double[] {0, 0.15, 0.5}[random.nextInt(3)],
        new double[] {0, 0, 0.03, 0.15}[random.nextInt(4)],
        random.nextInt(25) == 0 ? 0.3 : 0,
        random.nextInt(5));
  }

  private static String one(RandomGenerator random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
