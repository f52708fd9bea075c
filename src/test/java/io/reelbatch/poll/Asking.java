package io.reelbatch.poll;

import io.reelbatch.pacing.BrakeSettings;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.Rate;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.TaskTimes;
import io.reelbatch.pacing.Throttle;
import io.reelbatch.submit.PlayedStep;
import io.reelbatch.submit.World;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One run of the poll step in a world. Polls come without jitter. */
final class Asking {

  static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration INTERVAL = Duration.ofSeconds(15);
  static final Duration GRACE = Duration.ofSeconds(60);
  static final Duration LOST_AFTER = Duration.ofHours(1);
  static final int NO_LINK_POLLS = 2;

  final RunControl control;
  final Throttle throttle;
  final InFlight inFlight;
  final Promptness promptness = new Promptness();
  final TaskTimes times;
  final PollReader reader;
  final PollWriter writer;
  private final World world;

  private Asking(World world, int limit) {
    this.world = world;
    control = new RunControl(world.time, world.pulse, null, Duration.ofDays(3));
    throttle = new Throttle(Rate.valueOf("1000000/s"), world.time, new SplittableRandom(7));
    world.time.pass(Duration.ofMillis(10)); // permits for 10,000
    inFlight = new InFlight(limit, world.threads, world.pulse);
    var settings = new PollSettings(FIRST, INTERVAL, GRACE, LOST_AFTER, NO_LINK_POLLS, 1);
    var pace =
        new PollPace(throttle, inFlight, new Brakes(BrakeSettings.OFF, world.time, Map.of()));
    times = new TaskTimes(FIRST, INTERVAL, withoutJitter());
    var watch = new Watch(world.ledger(), settings, times, promptness, world.clock, world.time);
    reader = new PollReader(world.ledger(), watch, pace, control, world.pulse);
    writer =
        new PollWriter(
            world.ledger(),
            account -> world.gateway,
            watch,
            pace,
            settings,
            control,
            world.clock,
            world.time);
  }

  /** At most so many polls at once, after the sending is over. */
  static Asking afterSending(World world, int limit) {
    var asking = new Asking(world, limit);
    asking.control.ended(Side.SUBMIT);
    return asking;
  }

  /** While rows may still be sent. */
  static Asking whileSending(World world) {
    return new Asking(world, 8);
  }

  PlayedStep start() {
    return PlayedStep.start(world, reader, writer);
  }

  private static RandomGenerator withoutJitter() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("only shares are drawn here");
      }

      @Override
      public double nextDouble() {
        return 0;
      }
    };
  }
}
