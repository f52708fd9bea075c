package io.reelbatch.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the gateway said when asked after a task. Asking costs nothing and changes nothing. */
public sealed interface TaskAnswer {

  /** The answer as it came. */
  Evidence evidence();

  /**
   * Still waiting or working; also every status word that nobody has seen before.
   *
   * @param status the gateway's word
   * @param percent 0 to 100; null when not said
   */
  record Working(String status, @Nullable Integer percent, Evidence evidence)
      implements TaskAnswer {}

  /** Done. The link may be missing; asking again may bring it. */
  record Succeeded(String status, Video video, Evidence evidence) implements TaskAnswer {}

  /**
   * The gateway says that it failed. Whether the charge comes back is the gateway's affair.
   *
   * @param blame the prompt, or the provider
   */
  record Failed(String status, Reason reason, Blame blame, Evidence evidence)
      implements TaskAnswer {}

  /** The gateway says that the result is gone; it may have been charged. */
  record Expired(String status, Reason reason, Evidence evidence) implements TaskAnswer {}

  /** The gateway does not know the id: too early, the wrong account, or lost. */
  record Unknown(Reason reason, Evidence evidence) implements TaskAnswer {}

  /**
   * No usable answer: says nothing about the task, ask again later.
   *
   * @param pause how long the gateway asked to wait; null when it did not say
   */
  record Trouble(Reason reason, @Nullable Duration pause, Evidence evidence)
      implements TaskAnswer {}

  /** The key is not accepted: the task is unknown, not failed, and asking on is pointless. */
  record Denied(Reason reason, Evidence evidence) implements TaskAnswer {}
}
