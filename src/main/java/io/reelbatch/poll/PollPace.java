package io.reelbatch.poll;

import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Throttle;

/**
 * What bounds the asking.
 *
 * @param throttle polls a time
 * @param inFlight polls at once
 * @param brakes hear how tasks end
 */
public record PollPace(Throttle throttle, InFlight inFlight, Brakes brakes) {}
