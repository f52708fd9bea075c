package io.reelbatch.gateway;

import io.reelbatch.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of the wish to read a video. */
public sealed interface VideoAnswer {

  /** Something is served; whether it is a video is for the reader to find out. */
  record Opened(VideoStream stream) implements VideoAnswer {}

  /** What is already there is all that there is. */
  record AlreadyWhole() implements VideoAnswer {}

  /** A no: the link is dead, or leads where it may not. Another link may help. */
  record Gone(Reason reason) implements VideoAnswer {}

  /**
   * No answer, or one that may be another the next time.
   *
   * @param pause how long the server asked to wait; null when it did not say
   */
  record Trouble(Reason reason, @Nullable Duration pause) implements VideoAnswer {}
}
