package io.reelbatch.poll;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.OpenTask;
import io.reelbatch.ledger.OpenTasks;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Effort;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.PollSchedule;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.TaskTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open tasks of a run and when each is due. New ones are found in the ledger, by number: no
 * other step has to tell; no more of them at a time than fit into memory. Thread-safe.
 */
public final class Watch {

  private static final int PAGE = 1000;
  private static final int MOST = 50_000;
  private static final int FEW = 3;

  private final Ledger ledger;
  private final PollSettings settings;
  private final TaskTimes times;
  private final Promptness promptness;
  private final PollSchedule<WatchedTask> schedule;
  private final InstantSource clock;
  private final MonotonicClock monotonic;
  private final int most;
  private final Instant begun;
  private final Map<Long, LastWord> lastWords = new HashMap<>();
  private long lastSeen = -1;
  private long committed;
  private boolean more = true;
  private final Map<AccountName, Heard> heard = new HashMap<>();

  /**
   * When a task was last heard to be working.
   *
   * @param at on the monotonic clock
   * @param foretold the age at its end, by its progress; null if that said nothing
   */
  private record LastWord(long at, @Nullable Duration foretold) {}

  /** Whether a key knows what it is asked after. */
  private static final class Heard {
    private long known;
    private long unknown;
  }

  /** An empty watch; {@link #lookForNew} fills it. */
  public Watch(
      Ledger ledger,
      PollSettings settings,
      TaskTimes times,
      Promptness promptness,
      InstantSource clock,
      MonotonicClock monotonic) {
    this(ledger, settings, times, promptness, clock, monotonic, MOST);
  }

  /** Holds at most about so many tasks. */
  Watch(
      Ledger ledger,
      PollSettings settings,
      TaskTimes times,
      Promptness promptness,
      InstantSource clock,
      MonotonicClock monotonic,
      int most) {
    this.ledger = ledger;
    this.settings = settings;
    this.times = times;
    this.promptness = promptness;
    this.schedule = new PollSchedule<>(monotonic, times::firstPoll);
    this.clock = clock;
    this.monotonic = monotonic;
    this.most = most;
    this.begun = clock.instant();
  }

  /** Takes in the tasks that were accepted since the last call. */
  synchronized void lookForNew() {
    long commits = ledger.commits();
    if (commits == committed && !more) {
      return;
    }
    committed = commits;
    more = true;
    if (lastSeen < 0) {
      lastSeen = ledger.beforeOpenTasks();
    }
    while (more && schedule.size() < most) {
      OpenTasks found = ledger.openTasks(lastSeen, Math.min(PAGE, most - schedule.size()));
      for (OpenTask task : found.tasks()) {
        schedule.arrived(task.effort(), age(task), WatchedTask.of(task));
      }
      lastSeen = found.upTo();
      more = found.isMore();
    }
  }

  // A wall clock that was set back must not hold the first poll for hours.
  private Duration age(OpenTask task) {
    Duration age = Duration.between(task.acceptedAt(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  synchronized List<WatchedTask> due(int max) {
    return schedule.due(max);
  }

  synchronized Duration untilFirst() {
    return schedule.untilFirst();
  }

  /** Asks after the task again, when the answer makes that worth while. */
  synchronized void again(WatchedTask task, TaskAnswer answer) {
    Duration delay =
        answer instanceof TaskAnswer.Working working
            ? times.nextPoll(task.task().effort(), age(task.task()), working.percent())
            : times.again();
    schedule.in(delay, task);
  }

  /**
   * Remembers whether the key knows what it is asked after, and how long tasks take.
   *
   * @param askedAt when the question left, on the monotonic clock
   */
  synchronized void heard(WatchedTask task, TaskAnswer answer, long askedAt) {
    Heard key = heard.computeIfAbsent(task.task().account(), account -> new Heard());
    if (answer instanceof TaskAnswer.Unknown) {
      if (clock.instant().isAfter(task.task().acceptedAt().plus(settings.grace()))) {
        key.unknown++;
      }
    } else if (!(answer instanceof TaskAnswer.Trouble || answer instanceof TaskAnswer.Denied)) {
      key.known++;
    }
    if (answer instanceof TaskAnswer.Working working) {
      Duration foretold = TaskTimes.foretold(age(task.task()), working.percent()).orElse(null);
      lastWords.put(task.task().id(), new LastWord(askedAt, foretold));
    }
  }

  /** A task's end was told: what that teaches. */
  synchronized void ended(WatchedTask task) {
    Effort effort = task.task().effort();
    LastWord word = lastWords.remove(task.task().id());
    Duration told = age(task.task());
    Duration late = word == null ? told : Duration.ofNanos(monotonic.nanos() - word.at());
    promptness.ended(task.polls(), late);
    // What an earlier run sent may have ended long before anybody asked: half of a night without a
    // run would pass for the time that a task takes, and every first poll would wait for it.
    boolean watched = word != null || !task.task().acceptedAt().isBefore(begun);
    if (watched && late.compareTo(told) <= 0) {
      times.ended(effort, told.minus(late), told);
    }
    if (word != null && word.foretold() != null) {
      times.compared(effort, word.foretold(), told);
    }
  }

  /** A task is asked after no more, and its end says nothing. */
  synchronized void forget(WatchedTask task) {
    lastWords.remove(task.task().id());
  }

  synchronized PollJudge.Key key(AccountName account) {
    Heard key = heard.get(account);
    return key != null && key.known > 0 ? PollJudge.Key.KNOWS_OTHERS : PollJudge.Key.KNOWS_NONE_YET;
  }

  /** Whether the first polls with a key all found nothing: it belongs to somebody else. */
  synchronized boolean knowsNothing(AccountName account) {
    Heard key = heard.get(account);
    return key != null && key.known == 0 && key.unknown >= FEW;
  }
}
