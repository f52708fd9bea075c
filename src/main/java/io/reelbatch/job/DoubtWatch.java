package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Looks on with a view, so that others are told when rows come into doubt. */
record DoubtWatch(RunView view, Notices notices) implements RunView {

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    view.begins(batch, home, gateway, doubtsFromBefore);
  }

  @Override
  public void warns(Message text) {
    view.warns(text);
  }

  @Override
  public void note(Message text) {
    view.note(text);
  }

  @Override
  public void reads(long line, Instant at, Duration since) {
    view.reads(line, at, since);
  }

  @Override
  public void goesOn(Progress progress) {
    view.goesOn(progress);
    notices.see(progress.counts());
  }
}
