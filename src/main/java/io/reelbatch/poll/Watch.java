package io.reelbatch.poll;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.OpenTask;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.PollSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The open tasks of a run and when each is due. New ones are found in the ledger, by number: no
 * other step has to tell. Thread-safe.
 */
public final class Watch {

  private static final int PAGE = 1000;
  private static final int FEW = 3;

  private final Ledger ledger;
  private final PollSettings settings;
  private final PollSchedule<WatchedTask> schedule;
  private final InstantSource clock;
  private long lastSeen;
  private long known;
  private long unknown;

  /** An empty watch; {@link #lookForNew} fills it. */
  public Watch(
      Ledger ledger,
      PollSettings settings,
      PollSchedule<WatchedTask> schedule,
      InstantSource clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.schedule = schedule;
    this.clock = clock;
  }

  /** Takes in the tasks that were accepted since the last call. */
  synchronized void lookForNew() {
    List<OpenTask> tasks;
    do {
      tasks = ledger.openTasks(lastSeen, PAGE);
      Instant now = clock.instant();
      for (OpenTask task : tasks) {
        lastSeen = task.id();
        schedule.in(firstPoll(task, now), WatchedTask.of(task));
      }
    } while (tasks.size() == PAGE);
  }

  private Duration firstPoll(OpenTask task, Instant now) {
    Duration left = settings.first().minus(Duration.between(task.acceptedAt(), now));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    // A wall clock that was set back must not hold the first poll for hours.
    return left.compareTo(settings.first()) > 0 ? settings.first() : left;
  }

  synchronized List<WatchedTask> due(int max) {
    return schedule.due(max);
  }

  synchronized Duration untilFirst() {
    return schedule.untilFirst();
  }

  synchronized void again(WatchedTask task, Duration delay) {
    schedule.in(delay, task);
  }

  /** Remembers whether the key knows what it is asked after. */
  synchronized void heard(WatchedTask task, TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Unknown) {
      if (clock.instant().isAfter(task.task().acceptedAt().plus(settings.grace()))) {
        unknown++;
      }
    } else if (!(answer instanceof TaskAnswer.Trouble || answer instanceof TaskAnswer.Denied)) {
      known++;
    }
  }

  synchronized PollJudge.Key key() {
    return known > 0 ? PollJudge.Key.KNOWS_OTHERS : PollJudge.Key.KNOWS_NONE_YET;
  }

  /** Whether the first polls of the run all found nothing: the key belongs to somebody else. */
  synchronized boolean knowsNothing() {
    return known == 0 && unknown >= FEW;
  }
}
