package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Shows nothing. */
final class SilentView implements RunView {

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {}

  @Override
  public void note(Message text) {}

  @Override
  public void reads(long line, Instant at, Duration since) {}

  @Override
  public void goesOn(Progress progress) {}
}
