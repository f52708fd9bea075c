package io.reelbatch.submit;

import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.SendRates;

/**
 * What bounds the sending.
 *
 * @param rates requests a time
 * @param inFlight requests at once
 * @param active tasks that the gateway may work on at once, those being sent included
 * @param brakes which kinds may go
 */
public record SubmitPace(SendRates rates, InFlight inFlight, ActiveLimit active, Brakes brakes) {}
