package io.reelbatch.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model of the gateway can be asked for.
 *
 * @param name the gateway's name of the model; {@value #REMIX} for the one operation that names no
 *     model
 * @param operations those that the model has
 * @param endpoint where its orders go
 * @param retirement when it ends or ended; null when that is not known
 */
public record ModelSpec(
    String name,
    Map<Operation, OperationSpec> operations,
    Endpoint endpoint,
    @Nullable Retirement retirement) {

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
      throw new NotAllowedException(Message.of("{0}: the endpoint openai has no extend", name));
    }
    Map<Operation, OperationSpec> copy = new EnumMap<>(Operation.class);
    for (Map.Entry<Operation, OperationSpec> operation : operations.entrySet()) {
      Set<String> names = new HashSet<>();
      for (FieldSpec field : operation.getValue().fields()) {
        if (TAKEN.contains(field.name())) {
          throw new NotAllowedException(
              Message.of("{0}: '{1}' cannot be a field of the catalogue", name, field.name()));
        }
        if (!names.add(field.name())) {
          throw new NotAllowedException(
              Message.of("{0}: the field '{1}' is there twice", name, field.name()));
        }
      }
      copy.put(operation.getKey(), operation.getValue());
    }
    operations = Collections.unmodifiableMap(copy);
  }

  /** A model of which only the fields of each operation are known. */
  public ModelSpec(String name, Map<Operation, List<FieldSpec>> fields) {
    this(
        name,
        fields.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> OperationSpec.of(entry.getValue()))),
        Endpoint.UNIFIED,
        null);
  }

  /** What is known of an operation; empty if the model has none such. */
  public Optional<OperationSpec> operation(Operation operation) {
    return Optional.ofNullable(operations.get(operation));
  }

  /** The fields of an operation, in the order they are sent; empty if the model has none such. */
  public Optional<List<FieldSpec>> fields(Operation operation) {
    return operation(operation).map(OperationSpec::fields);
  }
}
