package io.reelbatch.report;

import io.reelbatch.ledger.AttemptLine;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the page says of all lines together, in the same memory for any number of them. */
final class Overview {

  /** A code of its own for each row would take memory without end. */
  private static final int MOST_REASONS = 500;

  private static final Set<RowState> UNSUCCESSFUL =
      EnumSet.of(
          RowState.FAILED,
          RowState.REFUSED,
          RowState.LOST,
          RowState.IN_DOUBT,
          RowState.SKIPPED,
          RowState.INVALID);

  /**
   * A reason for which rows did not succeed.
   *
   * @param example what was said of the first of them
   */
  record Failures(Reason example, long rows) {}

  private final Map<RowState, Long> states = new EnumMap<>(RowState.class);
  private final Map<String, Failures> reasons = new HashMap<>();
  private final Bins sent = new Bins(96);
  private final Bins succeeded = new Bins(96);
  private final Bins ended = new Bins(96);
  private final Bins times = new Bins(400);
  private long lines;
  private long unreasoned;
  private @Nullable Instant firstLinkDies;

  /** Counts one line. */
  void count(ReportLine line) {
    lines++;
    states.merge(line.state(), 1L, Long::sum);
    countTimes(line);
    if (UNSUCCESSFUL.contains(line.state()) && line.error() != null) {
      countReason(line.error());
    }
    Instant dies = line.linkExpiresAt();
    if (dies != null
        && line.link() != null
        && ReportColumn.VIDEO_FILE.value(line) == null
        && (firstLinkDies == null || dies.isBefore(firstLinkDies))) {
      firstLinkDies = dies;
    }
  }

  private void countTimes(ReportLine line) {
    int last = 0;
    for (AttemptLine attempt : line.history()) {
      if (attempt.number() != last) { // one that made two tasks stands twice
        sent.add(attempt.submittedAt().toEpochMilli());
      }
      last = attempt.number();
    }
    Instant submitted = line.submittedAt();
    if (line.history().isEmpty() && submitted != null) {
      sent.add(submitted.toEpochMilli());
    }
    Instant finished = line.finishedAt();
    if (finished == null || !line.state().isSettled()) {
      return;
    }
    if (line.state() != RowState.SUCCEEDED) {
      ended.add(finished.toEpochMilli());
      return;
    }
    succeeded.add(finished.toEpochMilli());
    if (submitted != null && !finished.isBefore(submitted)) {
      times.add(Duration.between(submitted, finished).toMillis());
    }
  }

  private void countReason(Reason reason) {
    String code = reason.code().isBlank() ? reason.message() : reason.code();
    Failures before = reasons.get(code);
    if (before != null) {
      reasons.put(code, new Failures(before.example(), before.rows() + 1));
    } else if (reasons.size() < MOST_REASONS) {
      reasons.put(code, new Failures(reason, 1));
    } else {
      unreasoned++;
    }
  }

  long lines() {
    return lines;
  }

  /** How they ended. */
  Counts counts() {
    return new Counts(states);
  }

  long of(RowState... some) {
    long sum = 0;
    for (RowState state : some) {
      sum += states.getOrDefault(state, 0L);
    }
    return sum;
  }

  /** Most frequent first. */
  List<Failures> reasons(int most) {
    return reasons.values().stream()
        .sorted(
            Comparator.comparingLong(Failures::rows)
                .reversed()
                .thenComparing(failures -> failures.example().code()))
        .limit(most)
        .toList();
  }

  /** Rows whose reason is not among so many of the most frequent. */
  long otherReasons(int most) {
    return unreasoned
        + reasons.values().stream().mapToLong(Failures::rows).sum()
        - reasons(most).stream().mapToLong(Failures::rows).sum();
  }

  /** When paid requests left. */
  Bins sent() {
    return sent;
  }

  /** When videos were known to be made. */
  Bins succeeded() {
    return succeeded;
  }

  /** When other ends of tasks were known. */
  Bins ended() {
    return ended;
  }

  /** How long the videos took. */
  Bins times() {
    return times;
  }

  /** When the first link dies whose video was not fetched. */
  @Nullable Instant firstLinkDies() {
    return firstLinkDies;
  }
}
