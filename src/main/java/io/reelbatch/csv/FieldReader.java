package io.reelbatch.csv;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of a request from the cells of a row, as its model takes them. */
final class FieldReader {

  private final Header header;
  private final Catalogue catalogue;
  private final OrderDefaults defaults;
  private final Warnings warnings;
  private final ParamCell params = new ParamCell();

  FieldReader(Header header, Catalogue catalogue, OrderDefaults defaults, Warnings warnings) {
    this.header = header;
    this.catalogue = catalogue;
    this.defaults = defaults;
    this.warnings = warnings;
  }

  /**
   * All fields that are sent; what is wrong with a cell is noted in the row.
   *
   * @param model null for a remix, which takes its source's
   */
  Map<String, JsonNode> read(Row row, Operation operation, @Nullable String model) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    Message asked =
        model == null
            ? Message.verbatim(operation.word())
            : Message.of("{0} with {1}", operation.word(), model);
    specs(row, operation, model == null ? ModelSpec.REMIX : model)
        .ifPresent(
            specs -> {
              refuseWhatDoesNotApply(row, specs, asked);
              specs.forEach(spec -> readField(row, spec, asked, fields));
            });
    readParams(row, fields);
    return fields;
  }

  /** What such an order takes; empty if it cannot be ordered, which is noted. */
  private Optional<List<FieldSpec>> specs(Row row, Operation operation, String name) {
    Optional<ModelSpec> known = catalogue.find(name);
    Optional<OperationSpec> takes = known.flatMap(spec -> spec.operation(operation));
    Cell model = new Cell(row.cell(Column.MODEL).heading(), name);
    List<String> listed = catalogue.modelsFor(operation);
    if (known.isEmpty() && defaults.unknown() == OrderDefaults.UnknownModels.REFUSE) {
      row.wrong(
          model,
          Message.of("is not in the catalogue (--strict-models)"),
          listed,
          Nearest.to(name, listed).orElse(null));
      return Optional.empty();
    } else if (known.isEmpty()) {
      warnOfUnknown(row, name, listed);
      return Optional.of(unchecked(operation));
    } else if (takes.isEmpty()) {
      row.wrong(
          model,
          Message.of("does not {0}; models that do: {1}", operation.word(), Message.all(listed)),
          listed,
          null);
      return Optional.empty();
    }
    refuseLongPrompt(row, takes.get(), name);
    return Optional.of(takes.get().fields());
  }

  private static void refuseLongPrompt(Row row, OperationSpec takes, String model) {
    Cell prompt = row.cell(Column.PROMPT);
    int length = FieldSpec.characters(prompt.text());
    if (takes.longestPrompt() != null && length > takes.longestPrompt()) {
      row.wrong(
          prompt,
          Message.of(
              "has {0} characters; {1} takes at most {2}", length, model, takes.longestPrompt()));
    }
  }

  private static void readField(
      Row row, FieldSpec spec, Message asked, Map<String, JsonNode> fields) {
    Cell cell = row.cell(Header.keyOf(spec.name()));
    String text = cell.isEmpty() ? spec.fallback() : cell.text();
    if (text == null) {
      if (spec.presence() == FieldSpec.Presence.REQUIRED) {
        row.wrong(
            cell,
            Message.of("is empty; {0} needs it{1}", asked, allowed(spec)),
            spec.allowed(),
            null);
      }
      return;
    }
    FieldSpec.Reading reading = spec.read(text);
    if (reading instanceof FieldSpec.Reading.Value value) {
      fields.put(spec.name(), value.json());
    } else if (reading instanceof FieldSpec.Reading.Wrong problem) {
      row.wrong(
          cell,
          problem.problem(),
          problem.allowed(),
          Nearest.value(FieldSpec.folded(text), problem.allowed()).orElse(null));
    }
  }

  private static Message allowed(FieldSpec spec) {
    if (!spec.allowed().isEmpty()) {
      return Message.of(": {0}", Message.anyOf(spec.allowed()));
    }
    return switch (spec.type()) {
      case TEXT, BOOLEAN -> Message.NOTHING;
      case INTEGER -> Message.of(": a whole number, 0 or more");
      case URLS -> Message.of(": http(s) addresses");
    };
  }

  private void refuseWhatDoesNotApply(Row row, List<FieldSpec> specs, Message asked) {
    List<String> applying = specs.stream().map(spec -> Header.keyOf(spec.name())).toList();
    for (String key : header.keys()) {
      boolean isField =
          !key.startsWith(Header.PARAM)
              && Column.named(key).map(column -> column.type().isPresent()).orElse(true);
      Cell cell = row.cell(key);
      if (isField && !cell.isEmpty() && !applying.contains(key)) {
        row.wrong(
            cell,
            applying.isEmpty()
                ? Message.of("does not apply to {0}; leave it empty", asked)
                : Message.of(
                    "does not apply to {0}, which takes {1}; leave it empty",
                    asked, Message.all(applying)));
      }
    }
  }

  private void readParams(Row row, Map<String, JsonNode> fields) {
    for (String key : header.keys()) {
      Cell cell = row.cell(key);
      if (!key.startsWith(Header.PARAM) || cell.isEmpty()) {
        continue;
      }
      String name = key.substring(Header.PARAM.length());
      if (fields.containsKey(name) && Column.named(name).isPresent()) {
        row.wrong(
            cell, Message.of("sets a field that has a column of its own; use column {0}", name));
      } else if (!fields.containsKey(name)) { // else the catalogue knows it and has read it
        fields.put(name, params.read(cell.text()));
      }
    }
  }

  private void warnOfUnknown(Row row, String model, List<String> listed) {
    warnings.once(
        "model " + model,
        Message.joined(
            Message.of(
                "line {0}: the catalogue does not know the model '{1}', so nobody checks its values"
                    + " before they are sent",
                row.line(), model),
            Nearest.hint(model, listed)));
  }

  private static List<FieldSpec> unchecked(Operation operation) {
    List<FieldSpec> specs = new ArrayList<>();
    for (Column column : Column.values()) {
      if (column.appliesTo(operation)) {
        column.type().ifPresent(type -> specs.add(FieldSpec.anyOf(column.canonical(), type)));
      }
    }
    return specs;
  }
}
