package io.reelbatch.job;

import io.reelbatch.csv.ColumnKeys;
import io.reelbatch.ledger.NamedLine;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.StagedInput;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with lines by themselves, while an input is read. */
final class WrongLines {

  private static final int MOST = 10_000;

  private final List<LineError> errors = new ArrayList<>();
  private final List<NamedLine> named = new ArrayList<>();

  void note(InputLine line, List<String> columns) {
    if (!line.errors().isEmpty() && errors.size() < MOST) {
      errors.addAll(line.errors());
      String source = ColumnKeys.sourceOf(columns, line.cells()).orElse(null);
      ColumnKeys.idOf(columns, line.cells())
          .ifPresent(id -> named.add(new NamedLine(line.number(), id, source)));
    }
  }

  /** The errors found so far. */
  List<LineError> errors() {
    return errors;
  }

  /**
   * What only the whole file shows; a line that is wrong is not staged, so its id and its source
   * are looked for among the others by themselves.
   */
  List<LineError> ofTheWhole(StagedCheck check, StagedInput input, List<String> columns) {
    List<LineError> found = new ArrayList<>(check.errors(input));
    found.addAll(check.errorsWith(named, input));
    return found.stream().map(error -> ColumnKeys.asInFile(error, columns)).toList();
  }
}
