package io.reelbatch.csv;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
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

  private static final int LONGEST_ID = 100;

  // What Excel or LibreOffice make something else of when they save a file.
  private static final Pattern FRAGILE_ID =
      Pattern.compile(
          "0\\d+|\\d{12,}|\\d+(\\.\\d+)?[eE][+-]?\\d+|\\d+[-/.:]\\d+([-/.:]\\d+)?|[=+@-].*"
              + "|(?i:true|false|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]?\\d+)");

  private static final Pattern FEW = Pattern.compile("[0-9]{1,3}");

  private final Header header;
  private final Catalogue catalogue;
  private final OrderDefaults defaults;
  private final Warnings warnings;
  private final ParamCell params = new ParamCell();

  RowReader(Header header, Catalogue catalogue, OrderDefaults defaults, Warnings warnings) {
    this.header = header;
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.warnings = warnings;
  }

  /** A line, or each of the rows that it orders. */
  List<InputLine> read(CsvRecord record) {
    List<String> cells = fitted(record.cells());
    if (record.filled() > cells.size()) {
      // Its cells have moved; what else is wrong with them would only mislead.
      String problem =
          "has "
              + record.filled()
              + " cells, the header "
              + cells.size()
              + "; is a comma missing its quotes?";
      return List.of(
          new InputLine(
              record.line(), cells, null, List.of(new LineError(record.line(), "", "", problem))));
    }
    return new Row(record, cells).read();
  }

  private List<String> fitted(List<String> cells) {
    List<String> fitted = new ArrayList<>(header.columns().size());
    for (int i = 0; i < header.columns().size(); i++) {
      fitted.add(i < cells.size() ? cells.get(i) : "");
    }
    return fitted;
  }

  /** One row while it is read, with the errors found so far. */
  private final class Row {

    private final long line;
    private final List<String> cells;
    private final Map<Integer, String> problems;
    private final List<LineError> errors = new ArrayList<>();

    Row(CsvRecord record, List<String> cells) {
      this.line = record.line();
      this.cells = cells;
      this.problems = record.problems();
    }

    List<InputLine> read() {
      refuseWhatIsNoText();
      if (!errors.isEmpty()) {
        // What else is wrong with such cells would only mislead.
        return List.of(new InputLine(line, cells, null, errors));
      }
      refuseControlCharacters();
      Cell id = cell(Column.ID);
      checkId(id);
      Cell prompt = cell(Column.PROMPT);
      if (prompt.isEmpty()) {
        wrong(prompt, "is empty; say what the video should show");
      }
      int variants = variants(cell(Column.VARIANTS));
      Optional<Operation> operation = operation(cell(Column.OPERATION));
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      @Nullable String model = null;
      @Nullable SourceRef source = null;
      if (operation.isPresent()) {
        model = model(operation.get());
        source = source(operation.get());
        readFields(operation.get(), model, fields);
        readParams(fields);
      }
      if (!errors.isEmpty() || operation.isEmpty()) {
        return List.of(new InputLine(line, cells, null, errors));
      }
      Order order = new Order(operation.get(), model, prompt.text(), fields, endpoint(model));
      WrittenOrder written =
          new WrittenOrder(
              id.isEmpty() ? null : id.text(), OrderHash.of(header, cells), order, source);
      return variants == 1
          ? List.of(new InputLine(line, cells, written, List.of()))
          : IntStream.rangeClosed(1, variants)
              .mapToObj(n -> new InputLine(line, n, cells, written.variant(n), List.of()))
              .toList();
    }

    private int variants(Cell cell) {
      if (cell.isEmpty()) {
        return 1;
      }
      String folded = FieldSpec.folded(FieldSpec.plain(cell.text()));
      int variants = FEW.matcher(folded).matches() ? Integer.parseInt(folded) : 0;
      if (variants < 1 || variants > InputLine.MOST_VARIANTS) {
        wrong(
            cell,
            "must be a whole number from 1 to "
                + InputLine.MOST_VARIANTS
                + ": how often the line is ordered");
      }
      return variants;
    }

    private void refuseWhatIsNoText() {
      for (String key : header.keys()) {
        String problem = header.place(key).map(problems::get).orElse(null);
        if (problem != null) {
          wrong(cell(key), problem);
        }
      }
    }

    private void refuseControlCharacters() {
      for (int i = 0; i < cells.size(); i++) {
        String text = cells.get(i);
        for (int at = 0; at < text.length(); at++) {
          char c = text.charAt(at);
          if (Character.isISOControl(c) && c != '\n' && c != '\t') {
            wrong(
                new Cell(Cell.clean(header.columns().get(i)), text.replaceAll("\\p{Cntrl}", "·")),
                String.format(
                    "holds the control character U+%04X as character %d; remove it",
                    (int) c, at + 1));
            break;
          }
        }
      }
    }

    private void checkId(Cell id) {
      String text = id.text();
      refuseSecondLine(id);
      if (text.length() > LONGEST_ID) {
        wrong(id, "has " + text.length() + " characters; an id has at most " + LONGEST_ID);
      }
      if (text.startsWith("~") || text.contains("#")) {
        wrong(
            id, "must not start with ~ and must not contain #; this program names rows with them");
      }
      if (isTask(text)) {
        wrong(
            id,
            "looks like a task id of the gateway (a colon, or video_… or task_…), so that a source"
                + " could not name it; write it for example with a dash");
      }
      if (FRAGILE_ID.matcher(text).matches()) {
        warnings.once(
            "fragile id",
            "line "
                + line
                + ", column "
                + id.heading()
                + ": a spreadsheet that saves this file may turn \""
                + text
                + "\" into something else, and a row already paid for would look new; ids such as"
                + " \"shot-001\" are safe");
      }
    }

    private Optional<Operation> operation(Cell cell) {
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
      wrong(
          cell,
          "must be " + String.join(" or ", words),
          words,
          Nearest.to(folded, words).orElse(null));
      return Optional.empty();
    }

    private @Nullable String model(Operation operation) {
      Cell cell = cell(Column.MODEL);
      if (!operation.hasModel()) {
        if (!cell.isEmpty()) {
          wrong(cell, "does not apply to a remix, which takes its source's model; leave it empty");
        }
        return null;
      }
      refuseSecondLine(cell);
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

    private @Nullable SourceRef source(Operation operation) {
      Cell cell = cell(Column.SOURCE);
      if (!operation.needsSource()) {
        if (!cell.isEmpty()) {
          wrong(cell, "does not apply to create; only remix and extend start from a video");
        }
        return null;
      }
      if (cell.isEmpty()) {
        wrong(
            cell,
            "is empty; "
                + operation.word()
                + " needs the id of a row in this file or a task id of the gateway");
        return null;
      }
      refuseSecondLine(cell);
      return isTask(cell.text())
          ? new SourceRef.OfTask(new TaskId(cell.text()))
          : new SourceRef.OfRow(WrittenOrder.withoutFirst(cell.text()));
    }

    private void readFields(
        Operation operation, @Nullable String model, Map<String, JsonNode> fields) {
      String name = model == null ? ModelSpec.REMIX : model;
      Optional<ModelSpec> known = catalogue.find(name);
      List<FieldSpec> specs;
      Optional<OperationSpec> takes = known.flatMap(spec -> spec.operation(operation));
      if (known.isEmpty()) {
        if (defaults.unknown() == OrderDefaults.UnknownModels.REFUSE) {
          List<String> listed = catalogue.modelsFor(operation);
          wrong(
              new Cell(cell(Column.MODEL).heading(), name),
              "is not in the catalogue (--strict-models)",
              listed,
              Nearest.to(name, listed).orElse(null));
          return;
        }
        warnOfUnknown(operation, name);
        specs = unchecked(operation);
      } else if (takes.isPresent()) {
        specs = takes.get().fields();
        refuseLongPrompt(takes.get(), name);
      } else {
        wrong(
            new Cell(cell(Column.MODEL).heading(), name),
            "does not "
                + operation.word()
                + "; models that do: "
                + String.join(", ", catalogue.modelsFor(operation)),
            catalogue.modelsFor(operation),
            null);
        return;
      }
      String asked = model == null ? operation.word() : operation.word() + " with " + model;
      refuseWhatDoesNotApply(specs, asked);
      for (FieldSpec spec : specs) {
        readField(spec, asked, fields);
      }
    }

    private void refuseLongPrompt(OperationSpec takes, String model) {
      Cell prompt = cell(Column.PROMPT);
      int length = FieldSpec.characters(prompt.text());
      if (takes.longestPrompt() != null && length > takes.longestPrompt()) {
        wrong(
            prompt,
            "has " + length + " characters; " + model + " takes at most " + takes.longestPrompt());
      }
    }

    private void readField(FieldSpec spec, String asked, Map<String, JsonNode> fields) {
      Cell cell = cell(Header.keyOf(spec.name()));
      String text = cell.isEmpty() ? spec.fallback() : cell.text();
      if (text == null) {
        if (spec.presence() == FieldSpec.Presence.REQUIRED) {
          wrong(cell, "is empty; " + asked + " needs it" + allowed(spec), spec.allowed(), null);
        }
        return;
      }
      FieldSpec.Reading reading = spec.read(text);
      if (reading instanceof FieldSpec.Reading.Value value) {
        fields.put(spec.name(), value.json());
      } else if (reading instanceof FieldSpec.Reading.Wrong problem) {
        wrong(
            cell,
            problem.problem(),
            problem.allowed(),
            Nearest.value(FieldSpec.folded(text), problem.allowed()).orElse(null));
      }
    }

    private void refuseWhatDoesNotApply(List<FieldSpec> specs, String asked) {
      List<String> applying = specs.stream().map(spec -> Header.keyOf(spec.name())).toList();
      for (String key : header.keys()) {
        boolean isField =
            !key.startsWith(Header.PARAM)
                && Column.named(key).map(column -> column.type().isPresent()).orElse(true);
        Cell cell = cell(key);
        if (isField && !cell.isEmpty() && !applying.contains(key)) {
          wrong(
              cell,
              "does not apply to "
                  + asked
                  + (applying.isEmpty() ? "" : ", which takes " + String.join(", ", applying))
                  + "; leave it empty");
        }
      }
    }

    private void readParams(Map<String, JsonNode> fields) {
      for (String key : header.keys()) {
        Cell cell = cell(key);
        if (!key.startsWith(Header.PARAM) || cell.isEmpty()) {
          continue;
        }
        String name = key.substring(Header.PARAM.length());
        if (fields.containsKey(name) && Column.named(name).isPresent()) {
          wrong(cell, "sets a field that has a column of its own; use column " + name);
        } else if (!fields.containsKey(name)) { // else the catalogue knows it and has read it
          fields.put(name, params.read(cell.text()));
        }
      }
    }

    private void warnOfUnknown(Operation operation, String model) {
      warnings.once(
          "model " + model,
          "line "
              + line
              + ": the catalogue does not know the model '"
              + model
              + "', so nobody checks its values before they are sent"
              + Nearest.hint(model, catalogue.modelsFor(operation)));
    }

    private List<FieldSpec> unchecked(Operation operation) {
      List<FieldSpec> specs = new ArrayList<>();
      for (Column column : Column.values()) {
        if (column.appliesTo(operation)) {
          column.type().ifPresent(type -> specs.add(FieldSpec.anyOf(column.canonical(), type)));
        }
      }
      return specs;
    }

    private void refuseSecondLine(Cell cell) {
      if (cell.text().contains("\n") || cell.text().contains("\t")) {
        wrong(cell, "must be one line without tabs");
      }
    }

    private Cell cell(Column column) {
      return cell(column.canonical());
    }

    private Cell cell(String key) {
      return header.cell(key, cells);
    }

    private void wrong(Cell cell, String problem) {
      wrong(cell, problem, List.of(), null);
    }

    private void wrong(Cell cell, String problem, List<String> allowed, @Nullable String fix) {
      errors.add(new LineError(line, cell.heading(), cell.text(), problem, allowed, fix));
    }
  }

  // Wire: ids of tasks look like sora-2:task_… (002_2806259c75ea4eb9.txt), grok:…
  // (004_6e4607a80ea57ce1.txt) and video_… (000_627d03da58f7585c.txt).
  private static boolean isTask(String text) {
    return text.contains(":") || text.startsWith("video_") || text.startsWith("task_");
  }

  private static String allowed(FieldSpec spec) {
    if (!spec.allowed().isEmpty()) {
      return ": " + String.join(" or ", spec.allowed());
    }
    return switch (spec.type()) {
      case TEXT, BOOLEAN -> "";
      case INTEGER -> ": a whole number, 0 or more";
      case URLS -> ": http(s) addresses";
    };
  }
}
