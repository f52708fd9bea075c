package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.time.Duration;

/** Looks on with a view, so that others are told when rows come into doubt. */
record DoubtWatch(RunView view, Notices notices) implements RunView {

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    view.begins(batch, home, gateway, doubtsFromBefore);
  }

  @Override
  public void note(String text) {
    view.note(text);
  }

  @Override
  public void reads(long line, Duration since) {
    view.reads(line, since);
  }

  @Override
  public void goesOn(Counts counts, Duration since) {
    view.goesOn(counts, since);
    notices.see(counts);
  }

  @Override
  public void fetches(long fetched, long left, Duration since) {
    view.fetches(fetched, left, since);
  }
}
