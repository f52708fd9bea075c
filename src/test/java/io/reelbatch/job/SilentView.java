package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Shows nothing. */
final class SilentView implements RunView {

  @Override
  public void begins(String batch, Path home, URI gateway, int doubtsFromBefore) {}

  @Override
  public void goesOn(Counts counts, Duration since) {}
}
