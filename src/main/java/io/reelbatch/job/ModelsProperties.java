package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.FieldType;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The catalogue of models. Not the whole of {@code reelbatch.*}, so names it does not know beside
 * {@code models} are others' settings.
 *
 * @param models what can be asked of which model: model, operation, field, then type (text,
 *     integer, boolean, urls), values (allowed ones, separated by commas), like (an example such as
 *     1280x720), fallback (sent when the cell is empty) and presence (optional or required). Single
 *     entries can be replaced; a name with dots or underscores goes in brackets
 */
@ConfigurationProperties("reelbatch")
public record ModelsProperties(
    @DefaultValue Map<String, Map<String, Map<String, Map<String, String>>>> models) {

  private static final Set<String> ATTRIBUTES =
      Set.of("type", "values", "like", "fallback", "presence");

  /**
   * The catalogue that was configured.
   *
   * @throws IllegalArgumentException if something in it cannot be; the message names the property
   */
  public Catalogue catalogue() {
    List<ModelSpec> specs = new ArrayList<>();
    models.forEach(
        (model, operations) -> {
          String path = "reelbatch.models.[" + model + "]";
          Map<Operation, List<FieldSpec>> fields = new EnumMap<>(Operation.class);
          operations.forEach(
              (operation, named) ->
                  fields.put(
                      word(Operation.class, operation, path),
                      fields(named, path + "." + operation)));
          specs.add(at(path, () -> new ModelSpec(model, fields)));
        });
    return new Catalogue(specs);
  }

  private static List<FieldSpec> fields(Map<String, Map<String, String>> named, String path) {
    List<FieldSpec> fields = new ArrayList<>();
    named.forEach(
        (name, attributes) -> fields.add(field(name, attributes, path + ".[" + name + "]")));
    return fields;
  }

  private static FieldSpec field(String name, Map<String, String> attributes, String path) {
    for (String attribute : attributes.keySet()) {
      if (!ATTRIBUTES.contains(attribute)) {
        throw new IllegalArgumentException(
            path + "." + attribute + ": no such setting; there are " + new TreeSet<>(ATTRIBUTES));
      }
    }
    FieldType type = word(FieldType.class, attributes.getOrDefault("type", "text"), path + ".type");
    FieldSpec.Presence presence =
        word(
            FieldSpec.Presence.class,
            attributes.getOrDefault("presence", "optional"),
            path + ".presence");
    return at(
        path,
        () ->
            new FieldSpec(
                name,
                type,
                listed(attributes.get("values")),
                attributes.get("like"),
                attributes.get("fallback"),
                presence));
  }

  private static List<String> listed(@Nullable String values) {
    return values == null
        ? List.of()
        : Arrays.stream(values.split(",", -1))
            .map(String::strip)
            .filter(v -> !v.isEmpty())
            .toList();
  }

  private static <E extends Enum<E>> E word(Class<E> kind, String word, String path) {
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        path
            + ": '"
            + word
            + "' must be one of "
            + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  private static <T> T at(String path, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }
}
