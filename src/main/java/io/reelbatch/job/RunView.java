package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Whoever shows a run to people while it goes on. Called from one thread at a time. */
public interface RunView {

  /** The run begins; said once, before anything is sent. */
  void begins(String batch, Path home, URI gateway, int doubtsFromBefore);

  /** How far it is; said again and again. */
  void goesOn(Counts counts, Duration since);
}
