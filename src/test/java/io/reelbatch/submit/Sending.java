package io.reelbatch.submit;

import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.BrakeSettings;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Rate;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.SendRates;
import io.reelbatch.pacing.Throttle;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** One run of the submit step in a world. Its rate is no hindrance; its pauses are. */
final class Sending {

  final RunControl control;
  final SendRates rates;
  final Throttle throttle;
  final ActiveLimit active;
  final InFlight inFlight;
  final Brakes brakes;
  final SubmitReader reader;
  final SubmitWriter writer;
  private final World world;

  Sending(World world) {
    this(world, 8, 1_000);
  }

  Sending(World world, int limit, int maxActive) {
    this(world, limit, maxActive, BrakeSettings.OFF);
  }

  Sending(World world, int limit, int maxActive, BrakeSettings brakeSettings) {
    this(world, limit, maxActive, brakeSettings, 1);
  }

  Sending(World world, int limit, int maxActive, BrakeSettings brakeSettings, int attempts) {
    this.world = world;
    control = new RunControl(world.time, world.pulse, null, Duration.ofHours(2));
    rates =
        new SendRates(
            Rate.valueOf("1000000/s"), Map.of(), world.time, world.pulse, new SplittableRandom(7));
    throttle = rates.all();
    world.time.pass(Duration.ofMillis(10)); // permits for 10,000
    brakes = new Brakes(brakeSettings, world.time, world.ledger().histories());
    inFlight = new InFlight(limit, world.threads, world.pulse);
    active = new ActiveLimit(maxActive, OptionalInt.empty(), world.time, new SplittableRandom(7));
    var pace = new SubmitPace(rates, inFlight, active, brakes);
    reader = new SubmitReader(world.ledger(), pace, control, world.pulse, attempts);
    writer = new SubmitWriter(world.ledger(), account -> world.gateway, pace, control, world.time);
  }

  PlayedStep start() {
    return PlayedStep.start(world, reader, writer);
  }
}
