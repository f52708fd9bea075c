package io.reelbatch.poll;

import io.reelbatch.ledger.TaskFacts;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.Video;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an answer about a task means for its row. Only the gateway's clear word ends a row;
 * everything else is asked again.
 */
final class PollJudge {

  /** What else the key knows: an unknown id means little when it knows nothing at all. */
  enum Key {
    KNOWS_OTHERS,
    KNOWS_NONE_YET
  }

  private static final Reason NO_LINK =
      new Reason(
          "no_link",
          "The gateway shows the task as done but gives no link; ask its support with the task id.",
          "网关显示任务已完成，但没有给出视频链接；请凭任务编号联系客服。");

  private final PollSettings settings;

  PollJudge(PollSettings settings) {
    this.settings = settings;
  }

  Verdict judge(WatchedTask task, TaskAnswer answer, Instant now, Key key) {
    if (answer instanceof TaskAnswer.Working working) {
      return working(task, working);
    } else if (answer instanceof TaskAnswer.Succeeded succeeded) {
      return succeeded(task, succeeded);
    } else if (answer instanceof TaskAnswer.Failed failed) {
      return over(task, failed.status(), null, failed.reason(), answer, RowEvent.FAILED);
    } else if (answer instanceof TaskAnswer.Expired expired) {
      return over(task, expired.status(), null, lost(expired.reason()), answer, RowEvent.LOST);
    } else if (answer instanceof TaskAnswer.Unknown unknown) {
      return unknown(task, unknown, now, key);
    }
    return new Verdict(asked(task), null, null); // trouble or a refused key: says nothing about it
  }

  /**
   * A lost task is asked after once: only a video, or the gateway's word that it failed, is news.
   */
  static Verdict judgeLost(WatchedTask task, TaskAnswer answer) {
    if (answer instanceof TaskAnswer.Succeeded succeeded) {
      Reason error = succeeded.video().link() == null ? NO_LINK : null;
      return over(task, succeeded.status(), succeeded.video(), error, answer, RowEvent.SUCCEEDED);
    } else if (answer instanceof TaskAnswer.Failed failed) {
      return over(task, failed.status(), null, failed.reason(), answer, RowEvent.FAILED);
    }
    return new Verdict(asked(task), null, null);
  }

  private static Verdict working(WatchedTask task, TaskAnswer.Working answer) {
    WatchedTask next =
        new WatchedTask(
            task.task(),
            task.polls() + 1,
            task.unlinked(),
            answer.status(),
            answer.percent(),
            null);
    boolean same =
        Objects.equals(task.status(), next.status())
            && Objects.equals(task.percent(), next.percent())
            && task.unknownSince() == null;
    return new Verdict(next, same ? null : facts(next, null, null, answer), null);
  }

  private Verdict succeeded(WatchedTask task, TaskAnswer.Succeeded answer) {
    if (answer.video().link() != null) {
      return over(task, answer.status(), answer.video(), null, answer, RowEvent.SUCCEEDED);
    }
    if (task.unlinked() >= settings.noLinkPolls()) {
      return over(task, answer.status(), answer.video(), NO_LINK, answer, RowEvent.SUCCEEDED);
    }
    WatchedTask next =
        new WatchedTask(
            task.task(), task.polls() + 1, task.unlinked() + 1, answer.status(), 100, null);
    return new Verdict(next, facts(next, null, NO_LINK, answer), null);
  }

  private Verdict unknown(WatchedTask task, TaskAnswer.Unknown answer, Instant now, Key key) {
    if (now.isBefore(task.task().acceptedAt().plus(settings.grace()))) {
      return new Verdict(asked(task), null, null);
    }
    Instant since = task.unknownSince() == null ? now : task.unknownSince();
    WatchedTask next =
        new WatchedTask(
            task.task(), task.polls() + 1, task.unlinked(), task.status(), task.percent(), since);
    if (key == Key.KNOWS_OTHERS
        && Duration.between(since, now).compareTo(settings.lostAfter()) >= 0) {
      return new Verdict(next, facts(next, null, lost(answer.reason()), answer), RowEvent.LOST);
    }
    return new Verdict(
        next,
        task.unknownSince() == null ? facts(next, null, answer.reason(), answer) : null,
        null);
  }

  /** The gateway's word for it says nothing of the money, nor of what comes next. */
  private static Reason lost(Reason said) {
    return Reason.of(
        said.code(),
        Message.of(
            "the gateway no longer has this task ({0}). It counts as paid for; later runs ask after it"
                + " again, and only 'reelbatch again' orders it anew, which is paid for once more",
            said));
  }

  private static Verdict over(
      WatchedTask task,
      String status,
      @Nullable Video video,
      @Nullable Reason error,
      TaskAnswer answer,
      RowEvent event) {
    WatchedTask next =
        new WatchedTask(
            task.task(), task.polls() + 1, task.unlinked(), status, task.percent(), null);
    return new Verdict(next, facts(next, video, error, answer), event);
  }

  private static WatchedTask asked(WatchedTask task) {
    return new WatchedTask(
        task.task(),
        task.polls() + 1,
        task.unlinked(),
        task.status(),
        task.percent(),
        task.unknownSince());
  }

  private static TaskFacts facts(
      WatchedTask task, @Nullable Video video, @Nullable Reason error, TaskAnswer answer) {
    return new TaskFacts(
        task.status(),
        task.percent(),
        video,
        error,
        task.polls(),
        task.unknownSince(),
        answer.evidence().raw());
  }
}
