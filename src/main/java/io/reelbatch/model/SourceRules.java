package io.reelbatch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether an order may start from the video of another, as far as that is known before either is
 * sent. What is not known is left to the gateway.
 *
 * @param catalogue which models' videos an operation may start from
 */
public record SourceRules(Catalogue catalogue) {

  /**
   * All that is wrong with the source of an order.
   *
   * @param line where the order stands
   * @param written its source as it stands there
   * @param sourceLine where the order of the source stands
   */
  public List<LineError> errors(
      long line, String written, Order order, long sourceLine, Order source) {
    List<LineError> errors = new ArrayList<>();
    if (isHiddenFrom(order, source)) {
      errors.add(
          new LineError(
              line,
              "source",
              written,
              Message.of(
                  "line {0} is private, and the gateway does not remix private videos; set private"
                      + " to false there",
                  sourceLine)));
    }
    List<String> right = wrongModel(order, source);
    if (!right.isEmpty()) {
      errors.add(
          new LineError(
              line,
              "source",
              written,
              Message.of(
                  "line {0} makes a video of {1}, and {2} starts from those of {3} only",
                  sourceLine, maker(source), order.operation().word(), Message.all(right))));
    }
    tooLate(line, order, sourceLine, source).ifPresent(errors::add);
    return errors;
  }

  private static boolean isHiddenFrom(Order order, Order source) {
    JsonNode hidden = source.fields().get("private");
    return order.operation() == Operation.REMIX && hidden != null && hidden.booleanValue(false);
  }

  /** The models that it would have to be of; empty if it is, or nobody knows. */
  private List<String> wrongModel(Order order, Order source) {
    List<String> right = catalogue.sources(order);
    String maker = maker(source);
    return right.contains(maker) || catalogue.find(maker).isEmpty() ? List.of() : right;
  }

  private static String maker(Order source) {
    @Nullable String model = source.model();
    return model == null ? ModelSpec.REMIX : model;
  }

  /** How long an extension gets is not known: only a creation says its seconds. */
  private static Optional<LineError> tooLate(
      long line, Order order, long sourceLine, Order source) {
    JsonNode start = order.fields().get("start_time");
    JsonNode length = source.fields().get("duration");
    return source.operation() == Operation.CREATE
            && start != null
            && start.isNumber()
            && length != null
            && length.isNumber()
            && start.decimalValue().compareTo(length.decimalValue()) >= 0
        ? Optional.of(
            new LineError(
                line,
                "start_time",
                start.asString(),
                Message.of(
                    "must be less than {0}, the seconds of the video of line {1}",
                    length.asString(), sourceLine)))
        : Optional.empty();
  }
}
