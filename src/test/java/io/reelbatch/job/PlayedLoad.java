package io.reelbatch.job;

import io.reelbatch.csv.OrderDefaults;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.csv.OrderPage;
import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.csv.UnreadableInputException;
import io.reelbatch.ledger.Activation;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.InputRecord;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.Staging;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.LineError;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** The first and the last step of the job, without Spring Batch around them. */
public final class PlayedLoad {

  private static final String ADMISSION = "as always";

  private PlayedLoad() {}

  /**
   * Loads the file unless its rows are those of the batch already.
   *
   * @return why it was rejected; empty if it was not
   */
  public static List<LineError> load(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      Ledger ledger,
      Catalogue catalogue,
      Path file) {
    try {
      var fingerprint = new InputFingerprint(OrderFile.digestOf(file), ADMISSION, null);
      Optional<InputRecord> active = new Batches(database, clock).activeInput(batch);
      if (active.isPresent() && active.get().digest().equals(fingerprint.digest())) {
        return List.of();
      }
      var writer =
          new LoadWriter(
              new Staging(database, clock, batch),
              new StagedCheck(
                  database,
                  batch,
                  new io.reelbatch.model.Catalogue(List.of()),
                  java.time.LocalDate.EPOCH),
              new Activation(database, clock, batch),
              ledger,
              fingerprint,
              request(batch, file),
              io.reelbatch.ledger.Reorder.NOTHING,
              admitting -> {},
              () -> {},
              new RunControl(System::nanoTime, new Pulse(), null, Duration.ofHours(2)));
      var defaults = new OrderDefaults("sora-2-pro", "grok-video-3");
      var reader = OrderPageReader.of(() -> OrderFile.open(file, catalogue, defaults));
      for (OrderPage page = reader.read(); page != null; page = reader.read()) {
        writer.write(Chunk.of(page));
      }
      return List.of();
    } catch (InputRejectedException e) {
      return e.errors();
    } catch (UnreadableInputException e) {
      return e.errors();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RunRequest request(BatchRecord batch, Path file) {
    Path home = file.resolveSibling("home");
    return new RunRequest(
        file,
        batch.name(),
        home,
        null,
        InvalidLines.REJECT,
        new HomeUse(new Home(home), Duration.ZERO, "a world", null, null, Map.of()));
  }

  /** Whether the job's last step would report on the round as finished. */
  public static boolean isFinished(Ledger ledger, RunControl control, Brakes brakes) {
    AtomicBoolean reported = new AtomicBoolean();
    var job = new JobExecution(1L, new JobInstance(1L, "played"), new JobParameters());
    var execution = new StepExecution(1L, "played", job);
    var contribution = new StepContribution(execution);
    var last =
        new LastStep(
            ledger,
            control,
            brakes,
            Fetching.NONE,
            (step, context) -> {
              reported.set(true);
              return RepeatStatus.FINISHED;
            });
    try {
      var unused = last.execute(contribution, new ChunkContext(new StepContext(execution)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return reported.get();
  }
}
