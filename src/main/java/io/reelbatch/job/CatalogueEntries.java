package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Durations;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.FieldType;
import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.NotAllowedException;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
import io.reelbatch.model.Retirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as it is configured: a model has operations and an operation has fields, and
 * whatever has nothing below it says something about the model, the operation or the field that it
 * stands under.
 */
final class CatalogueEntries {

  static final String SAME_AS = "same-as";
  private static final String RETIRED = "retired";
  private static final String SUCCESSOR = "successor";
  private static final String ENDPOINT = "endpoint";
  private static final Set<String> OF_MODELS = Set.of(SAME_AS, RETIRED, SUCCESSOR, ENDPOINT);
  private static final Set<String> OF_OPERATIONS =
      Set.of("longest-prompt", "sources", "price", "typical");
  private static final Set<String> OF_FIELDS =
      Set.of("type", "values", "like", "fallback", "presence", "most");

  private final Map<String, Object> models;

  CatalogueEntries(Map<String, Object> models) {
    this.models = models;
  }

  Catalogue catalogue() {
    List<ModelSpec> specs = new ArrayList<>();
    models.keySet().forEach(model -> specs.add(model(model)));
    return new Catalogue(specs);
  }

  private ModelSpec model(String name) {
    Part entry = new Part(pathOf(name), whole(name, new LinkedHashSet<>()));
    entry.allow(OF_MODELS);
    Map<Operation, OperationSpec> operations = new EnumMap<>(Operation.class);
    entry
        .below()
        .forEach(
            (word, part) ->
                operations.put(word(Operation.class, word, entry.path()), operation(part)));
    LocalDate day = entry.read(RETIRED, CatalogueEntries::day);
    Endpoint endpoint =
        word(
            Endpoint.class,
            entry.textOr(ENDPOINT, Endpoint.UNIFIED.word()),
            entry.path() + "." + ENDPOINT);
    return at(
        entry.path(),
        () ->
            new ModelSpec(
                name,
                operations,
                endpoint,
                day == null ? null : new Retirement(day, entry.text(SUCCESSOR))));
  }

  private static OperationSpec operation(Part entry) {
    entry.allow(OF_OPERATIONS);
    List<FieldSpec> fields = new ArrayList<>();
    entry.below().forEach((name, part) -> fields.add(field(name, part)));
    Integer longest = entry.read("longest-prompt", Integer::valueOf);
    BigDecimal price = entry.read("price", BigDecimal::new);
    Duration typical = entry.read("typical", Durations::parse);
    return at(
        entry.path(),
        () -> new OperationSpec(fields, longest, entry.listed("sources"), price, typical));
  }

  private static FieldSpec field(String name, Part entry) {
    entry.allow(OF_FIELDS);
    FieldType type = word(FieldType.class, entry.textOr("type", "text"), entry.path() + ".type");
    FieldSpec.Presence presence =
        word(
            FieldSpec.Presence.class,
            entry.textOr("presence", "optional"),
            entry.path() + ".presence");
    Integer most = entry.read("most", Integer::valueOf);
    return at(
        entry.path(),
        () ->
            new FieldSpec(
                name,
                type,
                entry.listed("values"),
                entry.text("like"),
                entry.text("fallback"),
                presence,
                most));
  }

  /** The entry of a model with what it takes over from another. */
  private Map<String, Object> whole(String model, Set<String> takenOver) {
    Map<String, Object> own = Part.mapOf(models.get(model), pathOf(model));
    Object other = own.get(SAME_AS);
    if (other == null) {
      return own;
    }
    String path = pathOf(model) + "." + SAME_AS;
    if (!takenOver.add(model)) {
      throw new NotAllowedException(
          Message.of("{0}: these say that they are the same as each other: {1}", path, takenOver));
    }
    if (!models.containsKey(String.valueOf(other))) {
      throw new NotAllowedException(Message.of("{0}: there is no model '{1}'", path, other));
    }
    Map<String, Object> base = new LinkedHashMap<>(whole(String.valueOf(other), takenOver));
    Set.of(SAME_AS, RETIRED, SUCCESSOR).forEach(base::remove); // its end is not the other's
    return merged(base, own);
  }

  private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> own) {
    Map<String, Object> all = new LinkedHashMap<>(base);
    own.forEach(
        (name, value) -> {
          Object below = all.get(name);
          all.put(
              name,
              below instanceof Map<?, ?> && value instanceof Map<?, ?>
                  ? merged(Part.mapOf(below, name), Part.mapOf(value, name))
                  : value);
        });
    return all;
  }

  private static String pathOf(String model) {
    return "reelbatch.models.[" + model + "]";
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new NotAllowedException(Message.of("is no day such as 2026-09-24"), e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> kind, String word, String path) {
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(word)) {
        return constant;
      }
    }
    throw new NotAllowedException(
        Message.of(
            "{0}: '{1}' must be one of {2}",
            path, word, Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }

  private static <T> T at(String path, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new NotAllowedException(Message.of("{0}: {1}", path, Message.of(e)), e);
    }
  }

  /** What stands under one name. */
  private record Part(String path, Map<String, Object> entries) {

    @SuppressWarnings("unchecked") // Spring binds names to what stands under them
    static Map<String, Object> mapOf(@Nullable Object value, String path) {
      if (value instanceof Map<?, ?> map) {
        return (Map<String, Object>) map;
      }
      throw new NotAllowedException(
          Message.of("{0}: '{1}' stands where names are expected", path, value));
    }

    /** Refuses what would say nothing. */
    void allow(Set<String> names) {
      entries.forEach(
          (name, value) -> {
            if (!names.contains(name) && (names == OF_FIELDS || !(value instanceof Map<?, ?>))) {
              throw new NotAllowedException(
                  Message.of(
                      "{0}: no such setting; there are {1}",
                      path + "." + name, new TreeSet<>(names)));
            }
          });
    }

    /** The parts below, without what is said of this one. */
    Map<String, Part> below() {
      Map<String, Part> parts = new LinkedHashMap<>();
      entries.forEach(
          (name, value) -> {
            if (value instanceof Map<?, ?>
                && !OF_MODELS.contains(name)
                && !OF_OPERATIONS.contains(name)) {
              String below = names(name) ? path + ".[" + name + "]" : path + "." + name;
              parts.put(name, new Part(below, mapOf(value, below)));
            }
          });
      return parts;
    }

    private static boolean names(String name) {
      return Arrays.stream(Operation.values()).noneMatch(known -> known.word().equals(name));
    }

    @Nullable String text(String name) {
      Object value = entries.get(name);
      return value instanceof Map<?, ?> list
          ? inOrder(list)
          : value == null ? null : String.valueOf(value).strip();
    }

    // Spring makes a list to names that are numbers, in the order of whatever holds them.
    private static String inOrder(Map<?, ?> list) {
      Map<Integer, String> sorted = new TreeMap<>();
      list.forEach(
          (at, value) -> sorted.put(Integer.valueOf(String.valueOf(at)), String.valueOf(value)));
      return String.join(",", sorted.values());
    }

    String textOr(String name, String other) {
      String text = text(name);
      return text == null ? other : text;
    }

    /** Values that are separated by commas, or stand in a list. */
    List<String> listed(String name) {
      return Arrays.stream(textOr(name, "").split(",", -1))
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .toList();
    }

    <T> @Nullable T read(String name, Function<String, T> reading) {
      String text = text(name);
      try {
        return text == null ? null : reading.apply(text);
      } catch (NumberFormatException e) {
        throw new NotAllowedException(
            Message.of("{0}: '{1}' is no number", path + "." + name, text), e);
      } catch (IllegalArgumentException e) {
        throw new NotAllowedException(
            Message.of("{0}: '{1}' {2}", path + "." + name, text, Message.of(e)), e);
      }
    }
  }
}
