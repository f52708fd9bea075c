package io.reelbatch.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model of the gateway can be asked for.
 *
 * @param name the gateway's name of the model; {@value #REMIX} for the one operation that names no
 *     model
 * @param operations the fields of each operation that the model has, in the order they are sent
 * @param endpoint where its orders go
 */
public record ModelSpec(
    String name, Map<Operation, List<FieldSpec>> operations, Endpoint endpoint) {

  /** Where the catalogue says what a remix takes. */
  public static final String REMIX = "remix";

  // The row gives these a meaning of their own; a field of the same name could not be filled.
  private static final Set<String> TAKEN =
      Set.of("prompt", "model", "task_id", "id", "operation", "source");

  /**
   * A model, checked for sense.
   *
   * @throws IllegalArgumentException if a field appears twice in an operation or has a name that
   *     the program fills itself, or if its endpoint does not have one of the operations
   */
  public ModelSpec {
    if (endpoint == Endpoint.OPENAI && operations.containsKey(Operation.EXTEND)) {
      throw new IllegalArgumentException(name + ": the endpoint openai has no extend");
    }
    Map<Operation, List<FieldSpec>> copy = new EnumMap<>(Operation.class);
    for (Map.Entry<Operation, List<FieldSpec>> operation : operations.entrySet()) {
      Set<String> names = new HashSet<>();
      for (FieldSpec field : operation.getValue()) {
        if (TAKEN.contains(field.name())) {
          throw new IllegalArgumentException(
              name + ": '" + field.name() + "' cannot be a field of the catalogue");
        }
        if (!names.add(field.name())) {
          throw new IllegalArgumentException(
              name + ": the field '" + field.name() + "' is there twice");
        }
      }
      copy.put(operation.getKey(), List.copyOf(operation.getValue()));
    }
    operations = Collections.unmodifiableMap(copy);
  }

  /** A model that is asked for in the gateway's own way. */
  public ModelSpec(String name, Map<Operation, List<FieldSpec>> operations) {
    this(name, operations, Endpoint.UNIFIED);
  }

  /** The fields of an operation, in the order they are sent; empty if the model has none such. */
  public Optional<List<FieldSpec>> fields(Operation operation) {
    return Optional.ofNullable(operations.get(operation));
  }
}
