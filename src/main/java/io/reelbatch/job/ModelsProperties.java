package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.FieldType;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
 *     1280x720), fallback (sent when the cell is empty) and presence (optional or required). Beside
 *     the operations of a model, endpoint (unified, or openai for POST /v1/videos). Single entries
 *     can be replaced; a name with dots or underscores goes in brackets
 */
@ConfigurationProperties("reelbatch")
public record ModelsProperties(@DefaultValue Map<String, Map<String, Object>> models) {

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
        (model, entry) -> {
          String path = "reelbatch.models.[" + model + "]";
          Map<String, Object> operations = new LinkedHashMap<>(entry);
          Object endpoint = operations.remove("endpoint");
          Map<Operation, List<FieldSpec>> fields = new EnumMap<>(Operation.class);
          operations.forEach(
              (operation, named) ->
                  fields.put(
                      word(Operation.class, operation, path),
                      fields(named, path + "." + operation)));
          specs.add(at(path, () -> new ModelSpec(model, fields, endpoint(endpoint, path))));
        });
    return new Catalogue(specs);
  }

  private static Endpoint endpoint(@Nullable Object endpoint, String path) {
    return endpoint == null
        ? Endpoint.UNIFIED
        : word(Endpoint.class, String.valueOf(endpoint), path + ".endpoint");
  }

  private static List<FieldSpec> fields(Object named, String path) {
    List<FieldSpec> fields = new ArrayList<>();
    below(named, path)
        .forEach(
            (name, attributes) -> {
              String place = path + ".[" + name + "]";
              Map<String, String> texts = new LinkedHashMap<>();
              below(attributes, place)
                  .forEach((attribute, value) -> texts.put(attribute, String.valueOf(value)));
              fields.add(field(name, texts, place));
            });
    return fields;
  }

  // Nothing below a name is an empty text to Spring.
  private static Map<String, Object> below(Object value, String path) {
    Map<String, Object> names = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> names.put(String.valueOf(name), inner));
    } else if (!String.valueOf(value).isBlank()) {
      throw new IllegalArgumentException(path + ": '" + value + "' stands where names should");
    }
    return names;
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
