package io.reelbatch.poll;

import java.time.Duration;

/**
 * How tasks are asked after.
 *
 * @param first time from submission to the first poll
 * @param interval time between two polls of one task
 * @param grace how long after submission an id may be unknown without meaning anything
 * @param lostAfter how long an id must stay unknown until its row is lost
 * @param noLinkPolls how often a finished task without a link is asked again
 * @param attempts paid requests for one row in one round, while its task fails for the provider's
 *     reasons
 */
public record PollSettings(
    Duration first,
    Duration interval,
    Duration grace,
    Duration lostAfter,
    int noLinkPolls,
    int attempts) {}
