package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Whoever shows a run to people while it goes on. Called from one thread at a time. */
public interface RunView {

  /** The run begins; said once, before anything is sent. */
  void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore);

  /** What should be known before anything is sent; said after the beginning, once each. */
  void note(Message text);

  /** The same of something that needs a person. */
  default void warns(Message text) {
    note(text);
  }

  /** How far the file is read; said again and again while it is let in. */
  void reads(long line, Instant at, Duration since);

  /** How far the run is; said again and again, and once more at its end. */
  void goesOn(Progress progress);
}
