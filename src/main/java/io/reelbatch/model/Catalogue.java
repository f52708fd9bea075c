package io.reelbatch.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The models that are known, as configured. A model that is not in it may be used, unchecked.
 *
 * @param models sorted by name
 */
public record Catalogue(List<ModelSpec> models) {

  /**
   * The models that are known, in any order.
   *
   * @throws IllegalArgumentException if a model is there twice
   */
  public Catalogue {
    models = models.stream().sorted(Comparator.comparing(ModelSpec::name)).toList();
    Set<String> names = new HashSet<>();
    for (ModelSpec model : models) {
      if (!names.add(model.name())) {
        throw new NotAllowedException(Message.of("the model '{0}' is there twice", model.name()));
      }
    }
  }

  /** What is known of a model; empty when nothing is. */
  public Optional<ModelSpec> find(String model) {
    return models.stream().filter(spec -> spec.name().equals(model)).findFirst();
  }

  /** The names of the models that have an operation, sorted. */
  public List<String> modelsFor(Operation operation) {
    return models.stream()
        .filter(spec -> spec.fields(operation).isPresent())
        .map(ModelSpec::name)
        .toList();
  }

  /** The models whose videos an order may start from; empty when any will do, or nobody knows. */
  public List<String> sources(Order order) {
    String model = order.model() == null ? ModelSpec.REMIX : order.model();
    return find(model)
        .flatMap(spec -> spec.operation(order.operation()))
        .map(OperationSpec::sources)
        .orElse(List.of());
  }

  /**
   * Every field that any model has, with its type. Which columns of a CSV are part of what a row
   * asks for depends on these names.
   */
  public Map<String, FieldType> fieldTypes() {
    Map<String, FieldType> types = new LinkedHashMap<>();
    for (ModelSpec model : models) {
      for (OperationSpec operation : model.operations().values()) {
        operation.fields().forEach(field -> types.putIfAbsent(field.name(), field.type()));
      }
    }
    return types;
  }

  /** The models that are not served any more on that day. */
  public List<ModelSpec> retiredOn(LocalDate day) {
    return models.stream()
        .filter(model -> model.retirement() != null && model.retirement().isPast(day))
        .toList();
  }

  /** The prices in it, each for one operation of one model. */
  public List<PriceRule> prices() {
    List<PriceRule> rules = new ArrayList<>();
    for (ModelSpec model : models) {
      model
          .operations()
          .forEach(
              (operation, spec) -> {
                if (spec.price() != null) {
                  rules.add(new PriceRule(model.name(), operation, null, null, spec.price()));
                }
              });
    }
    return rules;
  }

  /** How long tasks of that effort usually take; empty when that is not known. */
  public Optional<Duration> typical(Effort effort) {
    for (ModelSpec model : models) {
      for (Map.Entry<Operation, OperationSpec> operation : model.operations().entrySet()) {
        Duration typical = operation.getValue().typical();
        if (typical != null && effort.isOf(operation.getKey(), model.name())) {
          return Optional.of(typical);
        }
      }
    }
    return Optional.empty();
  }

  /** Changes whenever anything in the catalogue does; the order of the models does not count. */
  public String digest() {
    try {
      byte[] text = new JsonMapper().writeValueAsBytes(models);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
