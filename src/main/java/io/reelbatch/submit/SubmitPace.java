package io.reelbatch.submit;

import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Throttle;

/**
 * What bounds the sending.
 *
 * @param throttle requests a time
 * @param inFlight requests at once
 * @param maxActive tasks that the gateway may work on at once, those being sent included
 * @param brakes which kinds may go
 */
public record SubmitPace(Throttle throttle, InFlight inFlight, int maxActive, Brakes brakes) {}
