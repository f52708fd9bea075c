package io.reelbatch.job;

import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task of the gateway's list that may be what a row in doubt has made. Only a person can say that
 * it is.
 */
public record Candidate(ListedTask task, Likeness likeness) {

  /** What speaks for it, the surest first. */
  public enum Likeness {
    /** Its prompt is the row's. */
    PROMPT,
    /** Its prompt is cut short and begins like the row's. */
    BEGINNING,
    /** Its prompt is not shown; model and time are the row's. */
    MODEL_AND_TIME
  }

  /** How far the gateway's clock may be from ours. */
  static final Duration SLACK = Duration.ofMinutes(2);

  // Fewer characters begin many a prompt.
  private static final int TELLING = 20;

  /**
   * The task as a candidate for the row; empty if it cannot be the row's.
   *
   * @param answerTimeout longest time from the intent to the task
   */
  static Optional<Candidate> of(Doubt doubt, ListedTask task, Duration answerTimeout) {
    Instant at = task.createdAt();
    boolean timely =
        at == null
            || (!at.isBefore(doubt.sentAt().minus(SLACK))
                && !at.isAfter(doubt.sentAt().plus(answerTimeout).plus(SLACK)));
    return Optional.ofNullable(timely ? likeness(doubt, task) : null)
        .map(likeness -> new Candidate(task, likeness));
  }

  private static @Nullable Likeness likeness(Doubt doubt, ListedTask task) {
    if (task.prompt() == null) {
      boolean alike =
          task.createdAt() != null && task.model() != null && task.model().equals(doubt.model());
      return alike ? Likeness.MODEL_AND_TIME : null;
    }
    if (bare(task.prompt()).equals(bare(doubt.prompt()))) {
      return Likeness.PROMPT;
    }
    return beginning(task.prompt()).length() >= TELLING
            && !isOfAnother(doubt.prompt(), task.prompt())
        ? Likeness.BEGINNING
        : null;
  }

  /** Whether a prompt that a gateway shows, perhaps cut short, is not the one asked for. */
  static boolean isOfAnother(String asked, String shown) {
    return !bare(asked).startsWith(beginning(shown));
  }

  private static String beginning(String shown) {
    return bare(shown).replaceFirst("(…|\\.\\.\\.)$", "").strip();
  }

  private static String bare(String prompt) {
    return prompt.replaceAll("\\s+", " ").strip();
  }

  /** Whether the list shows another model than the row asked for; gateways rename some. */
  public boolean hasAnotherModelThan(Doubt doubt) {
    return task.model() != null && doubt.model() != null && !task.model().equals(doubt.model());
  }
}
