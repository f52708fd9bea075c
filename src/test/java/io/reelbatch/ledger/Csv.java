package io.reelbatch.ledger;

import io.reelbatch.model.ContentHash;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.WrittenOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;

/** An input as the reader of the CSV would hand it over, line by line from 2. */
final class Csv {

  private final List<InputLine> lines = new ArrayList<>();

  static Csv of() {
    return new Csv();
  }

  /** What was read from a real file. */
  static Csv of(List<InputLine> read) {
    Csv csv = new Csv();
    csv.lines.addAll(read);
    return csv;
  }

  /** A creation; the id may be null. */
  Csv create(@Nullable String id, String prompt) {
    return order(id, Operation.CREATE, prompt, Map.of(), null);
  }

  /** A line that orders so many rows. */
  Csv variants(@Nullable String id, String prompt, int variants) {
    create(id, prompt);
    InputLine line = lines.remove(lines.size() - 1);
    WrittenOrder order = java.util.Objects.requireNonNull(line.order());
    for (int n = 1; n <= variants; n++) {
      lines.add(new InputLine(line.number(), n, line.cells(), order.variant(n), List.of()));
    }
    return this;
  }

  Csv createPrivate(String id, String prompt) {
    return order(id, Operation.CREATE, prompt, Map.of("private", BooleanNode.TRUE), null);
  }

  /** A creation whose defaults are not what they were: the same row, sent differently. */
  Csv createWithDefault(@Nullable String id, String prompt, String name) {
    return add(
        new WrittenOrder(
            id,
            hash(Operation.CREATE, prompt, "", ""),
            new Order(Operation.CREATE, name, prompt, Map.of()),
            null));
  }

  Csv remix(@Nullable String id, String source) {
    return remix(id, source, "again, at night");
  }

  Csv remix(@Nullable String id, String source, String prompt) {
    return order(id, Operation.REMIX, prompt, Map.of(), new SourceRef.OfRow(source));
  }

  Csv extend(@Nullable String id, String source) {
    return order(id, Operation.EXTEND, "and then", Map.of(), new SourceRef.OfRow(source));
  }

  /** A creation of so many seconds by a model. */
  Csv createOf(String id, String model, int seconds) {
    return add(
        new WrittenOrder(
            id,
            hash(Operation.CREATE, id, model + seconds, ""),
            new Order(Operation.CREATE, model, id, Map.of("duration", IntNode.valueOf(seconds))),
            null));
  }

  /** An extension by a model, from a second of its source. */
  Csv extendFrom(String id, String source, String model, int second) {
    return add(
        new WrittenOrder(
            id,
            hash(Operation.EXTEND, id, model + second, source),
            new Order(Operation.EXTEND, model, id, Map.of("start_time", IntNode.valueOf(second))),
            new SourceRef.OfRow(source)));
  }

  Csv remixOfTask(@Nullable String id, String task) {
    return order(
        id, Operation.REMIX, "again, at night", Map.of(), new SourceRef.OfTask(new TaskId(task)));
  }

  Csv wrong(String problem) {
    long number = lines.size() + 2L;
    lines.add(
        new InputLine(
            number,
            List.of("?"),
            null,
            List.of(new LineError(number, "prompt", "", Message.of(problem)))));
    return this;
  }

  private Csv order(
      @Nullable String id,
      Operation operation,
      String prompt,
      Map<String, JsonNode> fields,
      @Nullable SourceRef source) {
    return add(
        new WrittenOrder(
            id,
            hash(operation, prompt, fields.toString(), source == null ? "" : source.written()),
            new Order(operation, operation.hasModel() ? "m" : null, prompt, fields),
            source));
  }

  private static ContentHash hash(
      Operation operation, String prompt, String fields, String source) {
    return ContentHash.of(
        new TreeMap<>(
            Map.of(
                "operation", operation.word(),
                "prompt", prompt,
                "fields", fields,
                "source", source)));
  }

  private Csv add(WrittenOrder order) {
    lines.add(
        new InputLine(
            lines.size() + 2L,
            List.of(order.id() == null ? "" : order.id(), order.order().prompt()),
            order,
            List.of()));
    return this;
  }

  List<InputLine> lines() {
    return List.copyOf(lines);
  }
}
