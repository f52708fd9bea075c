package io.reelbatch.collect;

import io.reelbatch.pacing.Bandwidth;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Throttle;

/**
 * What slows the fetching down.
 *
 * @param questions shared with the polls: a dead link costs one
 */
public record CollectPace(InFlight inFlight, Bandwidth bandwidth, Throttle questions) {}
