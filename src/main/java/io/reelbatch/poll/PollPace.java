package io.reelbatch.poll;

import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Throttle;

/**
 * What bounds the asking.
 *
 * @param throttle polls a time
 * @param inFlight polls at once
 */
public record PollPace(Throttle throttle, InFlight inFlight) {}
