package io.reelbatch.simulator;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A task as it was made; where it stands follows from the clock alone, so nothing has to be written
 * down later.
 *
 * @param id under which it can be asked for
 * @param number of the task, from 1 in the order of making
 * @param family shape of its id and answers
 * @param model asked for; the source's for a remix
 * @param madeAt when it was accepted and charged
 * @param time from then to its end
 * @param ending how it ends
 * @param source id of the task it remixes or extends; empty for a create
 * @param account whose key ordered it: no other knows it; empty for the plain key
 * @param order the JSON object that ordered it
 */
record SimulatedTask(
    String id,
    long number,
    Family family,
    String model,
    Instant madeAt,
    Duration time,
    Ending ending,
    String source,
    String account,
    JsonNode order) {

  private static final double STUCK_AT = 0.42;
  private static final double WAITING_UNTIL = 0.1;

  String prompt() {
    return order.path("prompt").asString("");
  }

  /** Wire: a private video cannot be remixed (002_2806259c75ea4eb9.txt). */
  boolean isPrivate() {
    return order.path("private").asBoolean(false);
  }

  Instant endsAt() {
    return ending == Ending.NEVER ? Instant.MAX : madeAt.plus(time);
  }

  Stage stageAt(Instant now) {
    if (!now.isBefore(endsAt())) {
      return ending.stage();
    }
    return progressAt(now) < WAITING_UNTIL ? Stage.WAITING : Stage.WORKING;
  }

  /** Share done, 0 to 0.99 before the end. */
  double progressAt(Instant now) {
    if (ending == Ending.NEVER) {
      return STUCK_AT;
    }
    double share = (double) Duration.between(madeAt, now).toMillis() / Math.max(1, time.toMillis());
    return Math.max(0, Math.min(0.99, share));
  }

  /** The part of the id after its prefix, as some answers show it. */
  String bareId() {
    String afterColon = id.substring(id.indexOf(':') + 1);
    return family == Family.REMIX ? id.substring("video_".length()) : afterColon;
  }
}
