package io.reelbatch.job;

import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.InputLines;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.Spent;
import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.report.Completeness;
import io.reelbatch.report.ErrorTable;
import io.reelbatch.report.LineSource;
import io.reelbatch.report.ReportExtra;
import io.reelbatch.report.ReportFiles;
import io.reelbatch.report.ReportWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The batch's active input, as far as its report is concerned. */
final class ReportedInput {

  private final LedgerDatabase database;
  private final Batches batches;
  private final OpenedBatch opened;
  private final Path file;
  private final Path out;
  private final Briefings briefings;
  private final Language language;
  private final Set<ReportExtra> extras;

  ReportedInput(
      LedgerDatabase database,
      Batches batches,
      OpenedBatch opened,
      RunRequest request,
      Briefings briefings,
      Set<ReportExtra> extras) {
    this.database = database;
    this.batches = batches;
    this.opened = opened;
    this.file = request.file();
    this.out = request.out();
    this.briefings = briefings;
    this.language = request.typed().language();
    this.extras = extras;
  }

  Path out() {
    return out;
  }

  /** How the lines of the input ended; empty if no input was ever accepted. */
  Optional<Counts> counts() {
    return lines().map(InputLines::counts);
  }

  /** Rows in doubt in the whole batch: their money is open even if their line is gone. */
  long doubts() {
    return batches.counts(opened.batch()).of(RowState.IN_DOUBT);
  }

  /** What the whole batch has cost so far. */
  List<Spent> spent() {
    return batches.spent(opened.batch());
  }

  /** Writes the report; empty if no input was ever accepted. */
  Optional<ReportFiles> write(Completeness completeness) {
    return write(completeness, null);
  }

  /** The same after something went wrong unexpectedly, if that is given. */
  Optional<ReportFiles> write(Completeness completeness, @Nullable Message error) {
    Optional<InputLines> lines = lines();
    if (lines.isPresent()) {
      ErrorTable.remove(out);
    }
    return lines.map(
        input ->
            new ReportWriter(LineSource.of(input), out, briefings.about(input, error), extras)
                .write(completeness));
  }

  /** Writes what is wrong with a file that was not let in. */
  void reject(List<LineError> errors) {
    ErrorTable.write(out, file, errors, language, extras);
  }

  private Optional<InputLines> lines() {
    return batches.activeInput(opened.batch()).map(input -> new InputLines(database, input));
  }
}
