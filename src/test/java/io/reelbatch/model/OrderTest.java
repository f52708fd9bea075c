package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

class OrderTest {

  private static final SourceRef ROW = new SourceRef.OfRow("kite");

  @Test
  void everyOperationButARemixNamesAModel() {
    assertThat(order(Operation.CREATE, "sora-2").model()).isEqualTo("sora-2");
    assertThat(order(Operation.EXTEND, "grok-video-3").model()).isEqualTo("grok-video-3");
    assertThat(order(Operation.REMIX, null).model()).isNull();
    for (Operation operation : Operation.values()) {
      String wrong = operation == Operation.REMIX ? "sora-2" : null;
      assertThatThrownBy(() -> order(operation, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a model is named by every operation but a remix");
    }
  }

  @Test
  void anOrderKeepsItsFieldsInTheirOrderAndNobodyChangesThem() {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("size", StringNode.valueOf("large"));
    fields.put("duration", IntNode.valueOf(10));
    var order = new Order(Operation.CREATE, "sora-2", "a kite", fields);

    fields.clear();

    assertThat(order.fields()).containsOnlyKeys("size", "duration");
    assertThat(order.fields().keySet()).containsExactly("size", "duration");
    assertThatThrownBy(() -> order.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void everyOperationButACreationHasASource() {
    assertThat(written(Operation.CREATE, null).source()).isNull();
    assertThat(written(Operation.REMIX, ROW).source()).isEqualTo(ROW);
    assertThat(written(Operation.EXTEND, ROW).source()).isEqualTo(ROW);
    for (Operation operation : Operation.values()) {
      SourceRef wrong = operation == Operation.CREATE ? ROW : null;
      assertThatThrownBy(() -> written(operation, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a remix or an extension has a source, nothing else has");
    }
  }

  @Test
  void aSourceIsShownAsItWasWritten() {
    assertThat(ROW.written()).isEqualTo("kite");
    assertThat(new SourceRef.OfTask(new TaskId("sora-2:task_1")).written())
        .isEqualTo("sora-2:task_1");
  }

  @Test
  void aLineIsEitherAnOrderOrHasErrors() {
    var order = written(Operation.CREATE, null);
    var error = new LineError(2, "prompt", "", Message.of("is empty"));

    assertThat(new InputLine(2, List.of("a"), order, List.of()).order()).isEqualTo(order);
    assertThat(new InputLine(2, List.of("a"), null, List.of(error)).errors())
        .containsExactly(error);
    assertThatThrownBy(() -> new InputLine(2, List.of("a"), null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a line is either an order or has errors");
    assertThatThrownBy(() -> new InputLine(2, List.of("a"), order, List.of(error)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLineKeepsItsOwnCopyOfCellsAndErrors() {
    List<String> cells = new ArrayList<>(List.of("a"));
    List<LineError> errors =
        new ArrayList<>(List.of(new LineError(2, "", "", Message.of("is wrong"))));
    var line = new InputLine(2, cells, null, errors);

    cells.clear();
    errors.clear();

    assertThat(line.cells()).containsExactly("a");
    assertThat(line.errors()).hasSize(1);
  }

  @Test
  void anOperationIsWrittenInLowerCase() {
    assertThat(Operation.values())
        .extracting(Operation::word)
        .containsExactly("create", "remix", "extend");
  }

  private static Order order(Operation operation, @Nullable String model) {
    return new Order(operation, model, "a kite", Map.of());
  }

  private static WrittenOrder written(Operation operation, @Nullable SourceRef source) {
    String model = operation.hasModel() ? "sora-2" : null;
    return new WrittenOrder("1", ContentHash.of(new TreeMap<>()), order(operation, model), source);
  }
}
