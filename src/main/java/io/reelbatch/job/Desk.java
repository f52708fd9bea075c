package io.reelbatch.job;

import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.sql.SQLException;
import java.util.function.BiFunction;
import org.springframework.context.ApplicationContext;

/** Opens a batch for a person's word, while no run uses its home. */
final class Desk {

  private Desk() {}

  /**
   * Changes something in the batch, which no run may be at work on meanwhile.
   *
   * @throws DeskException if the home or the batch cannot be had, or the work failed
   */
  @SuppressWarnings("try") // held, not used
  static <T> T alone(
      HomeUse use, BatchName batch, BiFunction<BatchRecord, ApplicationContext, T> work) {
    return at(
        use,
        batch,
        (record, context) -> {
          try (BatchHold hold =
              BatchHold.take(
                  context.getBean(LedgerOpening.class),
                  context.getBean(Batches.class),
                  batch,
                  use.lockWait())) {
            return work.apply(record, context);
          } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /**
   * Works on the batch.
   *
   * @throws DeskException if the home or the batch cannot be had, or the work failed
   */
  static <T> T at(
      HomeUse use, BatchName batch, BiFunction<BatchRecord, ApplicationContext, T> work) {
    try {
      return Session.in(
          use,
          LedgerConfiguration.class,
          context -> {},
          context -> {
            Batches batches = context.getBean(Batches.class);
            BatchOpening.refuseLostLedger(use.home(), batches);
            return work.apply(find(batches, batch, use.home()), context);
          });
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, use.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  /**
   * The batch of that name.
   *
   * @throws UsageException if there is none
   */
  static BatchRecord find(Batches batches, BatchName batch, Home home) {
    return batches
        .find(batch)
        .orElseThrow(
            () ->
                new UsageException(
                    Message.of(
                        "there is no batch {0} in {1}; 'run' names its home in its first line, give it"
                            + " with --home",
                        batch, home.path())));
  }
}
