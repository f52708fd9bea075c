package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.time.Duration;

/** Shows nothing. */
final class SilentView implements RunView {

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {}

  @Override
  public void note(String text) {}

  @Override
  public void reads(long line, Duration since) {}

  @Override
  public void goesOn(Counts counts, Duration since) {}

  @Override
  public void fetches(long fetched, long left, Duration since) {}
}
