package io.reelbatch.job;

import io.reelbatch.pacing.Rate;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tasks are asked after.
 *
 * @param first time from submission to the first poll
 * @param interval time between two polls of one task
 * @param rate polls a time, over all tasks
 * @param inFlight polls under way at once
 * @param grace how long after submission an id may be unknown to the gateway without meaning
 *     anything
 * @param lostAfter how long an id must stay unknown until its row counts as lost
 * @param noLinkPolls how often a finished task without a link is asked again
 * @param askLostFor how long after it was lost a task is asked after by later runs, once a day at
 *     most; 0s: never
 */
@ConfigurationProperties(prefix = "reelbatch.poll", ignoreUnknownFields = false)
public record PollProperties(
    @DefaultValue("30s") Duration first,
    @DefaultValue("15s") Duration interval,
    @DefaultValue("5/s") Rate rate,
    @DefaultValue("8") int inFlight,
    @DefaultValue("60s") Duration grace,
    @DefaultValue("24h") Duration lostAfter,
    @DefaultValue("4") int noLinkPolls,
    @DefaultValue("7d") Duration askLostFor) {

  private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(3650);

  /** Checks them. */
  public PollProperties {
    Allowed.notNegative("first", first);
    Allowed.positive("interval", interval);
    Allowed.between("in-flight", inFlight, 1, 1000);
    Allowed.notNegative("grace", grace);
    Allowed.notNegative("lost-after", lostAfter);
    Allowed.between("no-link-polls", noLinkPolls, 0, 1000);
    Allowed.notNegative("ask-lost-for", askLostFor);
    Allowed.atMost("ask-lost-for", askLostFor, LONGEST_ASKED_FOR);
  }
}
