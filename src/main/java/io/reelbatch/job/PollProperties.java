package io.reelbatch.job;

import io.reelbatch.pacing.Rate;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

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
@Validated
@ConfigurationProperties(prefix = "reelbatch.poll", ignoreUnknownFields = false)
public record PollProperties(
    @DefaultValue("30s") @DurationMin(millis = 0) Duration first,
    @DefaultValue("15s") @DurationMin(millis = 1) Duration interval,
    @DefaultValue("5/s") Rate rate,
    @DefaultValue("8") @Min(1) @Max(1000) int inFlight,
    @DefaultValue("60s") @DurationMin(millis = 0) Duration grace,
    @DefaultValue("24h") @DurationMin(millis = 0) Duration lostAfter,
    @DefaultValue("4") @Min(0) @Max(1000) int noLinkPolls,
    @DefaultValue("7d") @DurationMin(millis = 0) @DurationMax(days = 3650) Duration askLostFor) {}
