package io.reelbatch.job;

import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.util.function.BiFunction;
import org.springframework.context.ApplicationContext;

/** Opens a batch for a person's word, while no run uses its home. */
final class Desk {

  private Desk() {}

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
            return work.apply(
                batches
                    .find(batch)
                    .orElseThrow(
                        () ->
                            new UsageException(
                                Message.of(
                                    "there is no batch {0} in {1}; 'run' names its home in its first"
                                        + " line, give it with --home",
                                    batch, use.home().path()))),
                context);
          });
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, use.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }
}
