package io.reelbatch.csv;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.WrittenOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns records into orders, or into everything that is wrong with them. */
final class RowReader {

  private static final Pattern FEW = Pattern.compile("[0-9]{1,3}");

  private final Header header;
  private final Catalogue catalogue;
  private final OrderDefaults defaults;
  private final Warnings warnings;
  private final FieldReader fieldReader;

  RowReader(Header header, Catalogue catalogue, OrderDefaults defaults, Warnings warnings) {
    this.header = header;
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.warnings = warnings;
    this.fieldReader = new FieldReader(header, catalogue, defaults, warnings);
  }

  /** A line, or each of the rows that it orders. */
  List<InputLine> read(CsvRecord record) {
    Row row = new Row(header, record.line(), fitted(record.cells()));
    if (record.filled() > row.cells().size()) {
      // Its cells have moved; what else is wrong with them would only mislead.
      Message problem =
          Message.of(
              "has {0} cells, the header {1}; is a comma missing its quotes?",
              record.filled(), row.cells().size());
      row.errors().add(new LineError(record.line(), problem));
      return wrong(row);
    }
    refuseWhatIsNoText(row, record.problems());
    // What else is wrong with such cells would only mislead, too.
    return row.errors().isEmpty() ? read(row) : wrong(row);
  }

  private static List<InputLine> wrong(Row row) {
    return List.of(new InputLine(row.line(), row.cells(), null, row.errors()));
  }

  private List<String> fitted(List<String> cells) {
    List<String> fitted = new ArrayList<>(header.columns().size());
    for (int i = 0; i < header.columns().size(); i++) {
      fitted.add(i < cells.size() ? cells.get(i) : "");
    }
    return fitted;
  }

  private List<InputLine> read(Row row) {
    refuseControlCharacters(row);
    Cell id = row.cell(Column.ID);
    IdRules.check(row, warnings);
    Cell prompt = row.cell(Column.PROMPT);
    if (prompt.isEmpty()) {
      row.wrong(prompt, Message.of("is empty; say what the video should show"));
    }
    int variants = variants(row, row.cell(Column.VARIANTS));
    Optional<Operation> operation = operation(row, row.cell(Column.OPERATION));
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    @Nullable String model = null;
    @Nullable SourceRef source = null;
    if (operation.isPresent()) {
      model = model(row, operation.get());
      source = source(row, operation.get());
      fields = fieldReader.read(row, operation.get(), model);
    }
    if (!row.errors().isEmpty() || operation.isEmpty()) {
      return wrong(row);
    }
    Order order = new Order(operation.get(), model, prompt.text(), fields, endpoint(model));
    WrittenOrder written =
        new WrittenOrder(
            id.isEmpty() ? null : id.text(), OrderHash.of(header, row.cells()), order, source);
    return variants == 1
        ? List.of(new InputLine(row.line(), row.cells(), written, List.of()))
        : IntStream.rangeClosed(1, variants)
            .mapToObj(n -> new InputLine(row.line(), n, row.cells(), written.variant(n), List.of()))
            .toList();
  }

  private static int variants(Row row, Cell cell) {
    if (cell.isEmpty()) {
      return 1;
    }
    String folded = FieldSpec.folded(FieldSpec.plain(cell.text()));
    int variants = FEW.matcher(folded).matches() ? Integer.parseInt(folded) : 0;
    if (variants < 1 || variants > InputLine.MOST_VARIANTS) {
      row.wrong(
          cell,
          Message.of(
              "must be a whole number from 1 to {0}: how often the line is ordered",
              InputLine.MOST_VARIANTS));
    }
    return variants;
  }

  private void refuseWhatIsNoText(Row row, Map<Integer, Message> problems) {
    for (String key : header.keys()) {
      Message problem = header.place(key).map(problems::get).orElse(null);
      if (problem != null) {
        row.wrong(row.cell(key), problem);
      }
    }
  }

  private void refuseControlCharacters(Row row) {
    for (int i = 0; i < row.cells().size(); i++) {
      String text = row.cells().get(i);
      for (int at = 0; at < text.length(); at++) {
        char c = text.charAt(at);
        if (Character.isISOControl(c) && c != '\n' && c != '\t') {
          row.wrong(
              new Cell(Cell.clean(header.columns().get(i)), text.replaceAll("\\p{Cntrl}", "·")),
              Message.of(
                  "holds the control character {0} as character {1}; remove it",
                  String.format("U+%04X", (int) c), at + 1));
          break;
        }
      }
    }
  }

  private static Optional<Operation> operation(Row row, Cell cell) {
    if (cell.isEmpty()) {
      return Optional.of(Operation.CREATE);
    }
    String folded = FieldSpec.folded(FieldSpec.plain(cell.text()));
    for (Operation operation : Operation.values()) {
      if (operation.word().equals(folded)) {
        return Optional.of(operation);
      }
    }
    List<String> words = Arrays.stream(Operation.values()).map(Operation::word).toList();
    row.wrong(
        cell,
        Message.of("must be {0}", Message.anyOf(words)),
        words,
        Nearest.to(folded, words).orElse(null));
    return Optional.empty();
  }

  private @Nullable String model(Row row, Operation operation) {
    Cell cell = row.cell(Column.MODEL);
    if (!operation.hasModel()) {
      if (!cell.isEmpty()) {
        row.wrong(
            cell,
            Message.of(
                "does not apply to a remix, which takes its source's model; leave it empty"));
      }
      return null;
    }
    row.refuseSecondLine(cell);
    if (!cell.isEmpty()) {
      return catalogue
          .find(cell.text())
          .or(() -> catalogue.find(FieldSpec.plain(cell.text())))
          .map(ModelSpec::name)
          .orElse(cell.text());
    }
    return operation == Operation.EXTEND ? defaults.extendModel() : defaults.createModel();
  }

  private Endpoint endpoint(@Nullable String model) {
    return catalogue
        .find(model == null ? ModelSpec.REMIX : model)
        .map(ModelSpec::endpoint)
        .orElse(Endpoint.UNIFIED);
  }

  private static @Nullable SourceRef source(Row row, Operation operation) {
    Cell cell = row.cell(Column.SOURCE);
    if (!operation.needsSource()) {
      if (!cell.isEmpty()) {
        row.wrong(
            cell, Message.of("does not apply to create; only remix and extend start from a video"));
      }
      return null;
    }
    if (cell.isEmpty()) {
      row.wrong(
          cell,
          Message.of(
              "is empty; {0} needs the id of a row in this file or a task id of the gateway",
              operation.word()));
      return null;
    }
    row.refuseSecondLine(cell);
    return IdRules.isTask(cell.text())
        ? new SourceRef.OfTask(new TaskId(cell.text()))
        : new SourceRef.OfRow(WrittenOrder.withoutFirst(cell.text()));
  }
}
