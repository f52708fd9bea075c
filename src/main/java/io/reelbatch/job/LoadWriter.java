package io.reelbatch.job;

import io.reelbatch.csv.ColumnKeys;
import io.reelbatch.csv.OrderPage;
import io.reelbatch.ledger.Activation;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.Reorder;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.StagedInput;
import io.reelbatch.ledger.Staging;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.pacing.RunControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Stages the pages of the input and, with the last one, lets all of it in or nothing. A wrong input
 * fails the step, so nothing after it runs. A run that is to stop lets nothing in: the next one
 * reads the file from its beginning.
 */
final class LoadWriter implements ItemWriter<OrderPage>, StepExecutionListener {

  private final Staging staging;
  private final StagedCheck check;
  private final Activation activation;
  private final Ledger ledger;
  private final InputFingerprint fingerprint;
  private final RunRequest request;
  private final Reorder onceMore;
  private final Consumer<StagedInput> admitting;
  private final Runnable admitted;
  private final RunControl control;
  private final WrongLines wrong = new WrongLines();
  private @Nullable StagedInput input; // large; held as long as the load takes
  private long lines;
  private @Nullable StepExecution step;

  LoadWriter(
      Staging staging,
      StagedCheck check,
      Activation activation,
      Ledger ledger,
      InputFingerprint fingerprint,
      RunRequest request,
      Reorder onceMore,
      Consumer<StagedInput> admitting,
      Runnable admitted,
      RunControl control) {
    this.staging = staging;
    this.check = check;
    this.activation = activation;
    this.ledger = ledger;
    this.fingerprint = fingerprint;
    this.request = request;
    this.onceMore = onceMore;
    this.admitting = admitting;
    this.admitted = admitted;
    this.control = control;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
  }

  @Override
  public void write(Chunk<? extends OrderPage> chunk) {
    control.progressed(); // a page is progress, however long the whole file takes
    if (step != null && control.stopped().isPresent()) {
      step.setTerminateOnly();
      return;
    }
    for (OrderPage page : chunk) {
      if (input == null) {
        input =
            staging.begin(
                fingerprint.digest(),
                fingerprint.admission(),
                request.file().toAbsolutePath().toString(),
                page.columns());
      }
      staging.add(input, page.lines());
      lines += page.lines().size();
      page.lines().forEach(line -> wrong.note(line, page.columns()));
      if (page.digest() != null) {
        admit(input, page.digest(), page.columns());
        input = null;
      }
    }
  }

  private void admit(StagedInput input, String digest, List<String> columns) {
    if (!digest.equals(fingerprint.digest())) {
      throw new InputRejectedException(
          List.of(
              new LineError(
                  0,
                  Message.of(
                      "the file was changed while it was read; run again when it is still"))));
    }
    long known = ledger.counts().all();
    if (lines == 0 && known > 0) {
      throw new InputRejectedException(List.of(InputRejectedException.noRows(known)));
    }
    if (request.invalid() == InvalidLines.SKIP) {
      List<LineError> found = found(input, columns);
      while (!found.isEmpty()) {
        staging.passOver(input, found);
        found = found(input, columns);
      }
    } else {
      List<LineError> errors = new ArrayList<>(wrong.errors());
      errors.addAll(wrong.ofTheWhole(check, input, columns));
      if (!errors.isEmpty()) {
        throw new InputRejectedException(errors);
      }
    }
    admitting.accept(input);
    activation.activate(input, onceMore);
    admitted.run();
    ledger.recount();
    control.progressed();
  }

  private List<LineError> found(StagedInput input, List<String> columns) {
    return check.errors(input).stream().map(error -> ColumnKeys.asInFile(error, columns)).toList();
  }
}
