package io.reelbatch.cli;

import io.reelbatch.job.Progress;
import io.reelbatch.job.RunView;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Says nothing of a run that goes well: cron mails whatever is printed. */
final class QuietView implements RunView {

  private final PrintWriter err;
  private final Phrases phrases;

  QuietView(PrintWriter err, Phrases phrases) {
    this.err = err;
    this.phrases = phrases;
  }

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    if (doubtsFromBefore > 0) {
      err.println(phrases.say("run.died", doubtsFromBefore));
    }
  }

  @Override
  public void note(Message text) {}

  @Override
  public void warns(Message text) {
    err.println(phrases.say(text));
  }

  @Override
  public void reads(long line, Instant at, Duration since) {}

  @Override
  public void goesOn(Progress progress) {}
}
