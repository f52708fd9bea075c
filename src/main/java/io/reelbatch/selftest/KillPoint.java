package io.reelbatch.selftest;

import io.reelbatch.simulator.Moment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a run can be killed, as the gateway sees it. */
enum KillPoint {
  ARRIVED_THEN_DROPPED(
      "a request has arrived, and the gateway makes nothing of it", Moment.SEND_ARRIVED),
  ARRIVED_THEN_MADE("a request has arrived, and the gateway goes on with it", Moment.SEND_ARRIVED),
  MADE("the task is made, its answer has not left", Moment.SEND_DECIDED),
  HALF_ANSWERED("half of the answer has left", Moment.SEND_HALF_ANSWERED),
  ANSWERED("all of the answer has left", Moment.SEND_ANSWERED),
  POLLED("a poll has arrived", Moment.QUERY_ARRIVED),
  ANY_TIME("any time from the start of the process to its end", null);

  /** Those that wait for something to happen at the gateway. */
  static final List<KillPoint> AT_THE_GATEWAY =
      List.of(ARRIVED_THEN_DROPPED, ARRIVED_THEN_MADE, MADE, HALF_ANSWERED, ANSWERED, POLLED);

  private final String text;
  private final @Nullable Moment moment;

  KillPoint(String text, @Nullable Moment moment) {
    this.text = text;
    this.moment = moment;
  }

  /** For people. */
  String text() {
    return text;
  }

  Optional<Moment> moment() {
    return Optional.ofNullable(moment);
  }
}
