package io.reelbatch.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The draws. Each depends on the seed and a number only, never on the order in which threads come
 * by, so a repeated run meets the same. Stateless.
 */
final class Chance {

  private static final String BAD_GATEWAY =
      "<html><head><title>502 Bad Gateway</title></head>"
          + "<body><center><h1>502 Bad Gateway</h1></center></body></html>";

  private final SimulatorSettings settings;

  Chance(SimulatorSettings settings) {
    this.settings = settings;
  }

  /** How long the task of this number takes, in whole milliseconds. */
  Duration taskTime(long task) {
    // Three sigma at most: one outlier would otherwise hold up a whole batch.
    double deviation = Math.max(-3, Math.min(3, draw("time", task).nextGaussian()));
    double factor = Math.exp(settings.taskTimeSpread() * deviation);
    return Duration.ofMillis(Math.round(settings.taskTime().toMillis() * factor));
  }

  /** Whether the task of this number fails although nothing in its prompt asks for it. */
  boolean fails(long task) {
    return draw("fail", task).nextDouble() < settings.failShare();
  }

  /** What the paid POST of this number meets. */
  Fault trouble(long send) {
    SplittableRandom random = draw("trouble", send);
    if (random.nextDouble() >= settings.troubleShare()) {
      return Fault.none();
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> Fault.answer(429, Refusals.saturatedBody());
      case 2, 3 -> Fault.answer(503, Refusals.noChannelBody("default"));
      case 4 -> Fault.answer(502, BAD_GATEWAY);
      case 5 -> Fault.acceptThenAnswer(502, BAD_GATEWAY);
      case 6 -> Fault.hangUp();
      default -> Fault.acceptThenHangUp();
    };
  }

  private SplittableRandom draw(String purpose, long number) {
    return new SplittableRandom((settings.seed() * 31 + purpose.hashCode()) * 1_000_003 + number);
  }
}
