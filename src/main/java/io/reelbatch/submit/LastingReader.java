package io.reelbatch.submit;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Keeps the step open while a task that is under way may still fail and its row be planned once
 * more. Without it the step ends with the last planned row, and nobody sends the second attempt.
 */
public final class LastingReader implements ItemReader<SubmitWindow> {

  private static final Duration UNTIL_A_BEAT = Duration.ofDays(1);

  private final SubmitReader reader;
  private final Ledger ledger;
  private final RunControl control;
  private final Pulse pulse;

  /** Asks the reader again after it found nothing left. */
  public LastingReader(SubmitReader reader, Ledger ledger, RunControl control, Pulse pulse) {
    this.reader = reader;
    this.ledger = ledger;
    this.control = control;
    this.pulse = pulse;
  }

  @Override
  public @Nullable SubmitWindow read() throws InterruptedException {
    while (true) {
      // Before the look: a row that fails during it would be missed.
      long seen = pulse.beats();
      boolean mayComeBack = ledger.counts().of(RowState.SENDING, RowState.ACCEPTED) > 0;
      SubmitWindow window = reader.read();
      if (window != null || !mayComeBack || isToEnd()) {
        return window;
      }
      pulse.await(seen, UNTIL_A_BEAT);
    }
  }

  private boolean isToEnd() {
    return control.stopped().isPresent()
        || control.halted().isPresent()
        || control.isOver(Side.POLL);
  }
}
