package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows nothing, and keeps what needs a person. */
final class SilentView implements RunView {

  final List<Message> warned = new ArrayList<>();

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {}

  @Override
  public void note(Message text) {}

  @Override
  public void warns(Message text) {
    warned.add(text);
  }

  @Override
  public void reads(long line, Instant at, Duration since) {}

  @Override
  public void goesOn(Progress progress) {}
}
