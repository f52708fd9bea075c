package io.reelbatch.selftest;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When one run is to be killed.
 *
 * @param point where
 * @param nth at which request of the run, from 1; not for {@code ANY_TIME}
 * @param share of a usual run's time, 0 to 1; only for {@code ANY_TIME}
 */
record KillPlan(KillPoint point, int nth, double share) {

  private static final double AT_THE_GATEWAY = 0.7;
  private static final int SENDS = 8;
  private static final int POLLS = 40;

  /** Draws one. The first request of a run has its own chance: it meets a ledger just opened. */
  static KillPlan draw(SplittableRandom random) {
    if (random.nextDouble() >= AT_THE_GATEWAY) {
      return new KillPlan(KillPoint.ANY_TIME, 0, random.nextDouble());
    }
    KillPoint point = KillPoint.AT_THE_GATEWAY.get(random.nextInt(KillPoint.AT_THE_GATEWAY.size()));
    int most = point == KillPoint.POLLED ? POLLS : SENDS;
    return new KillPlan(point, random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(most), 0);
  }

  /** How long after the start, if a usual run takes this long. */
  Duration after(Duration usual) {
    return Duration.ofMillis(Math.round(usual.toMillis() * share));
  }
}
