package io.reelbatch.simulator;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code POST /v1/videos} takes, and nothing else: a field too many is refused as one of the
 * wrong type is. Assumed: from OpenAI's specification; {@code images} as other gateways have it.
 */
final class VideoBody {

  private static final Set<String> FIELDS =
      Set.of("model", "prompt", "seconds", "size", "input_reference", "images");
  private static final Set<String> SECONDS = Set.of("4", "8", "12");
  private static final Set<String> SIZES = Set.of("720x1280", "1280x720");
  private static final Set<String> PRO_SIZES = Set.of("1024x1792", "1792x1024");
  private static final Pattern WHOLE = Pattern.compile("[1-9]\\d{0,2}");
  private static final Pattern PIXELS = Pattern.compile("\\d{2,5}x\\d{2,5}");
  private static final int LONGEST_PROMPT = 32_000;

  private VideoBody() {}

  /** Why the order is refused; empty if nothing is wrong with it. */
  static Optional<Reply> refused(ObjectNode order) {
    for (String field : order.propertyNames()) {
      if (!FIELDS.contains(field)) {
        return no(field, "unknown_parameter", "Unknown parameter: '" + field + "'.");
      }
    }
    String model = text(order, "model");
    if (model == null) {
      return no("model", "missing_required_parameter", "Missing required parameter: 'model'.");
    }
    if (Family.ofModel(model).isEmpty()) {
      return Optional.of(Refusals.unknownModel(model));
    }
    String prompt = text(order, "prompt");
    if (prompt == null || prompt.isBlank()) {
      return no("prompt", "missing_required_parameter", "Missing required parameter: 'prompt'.");
    }
    if (prompt.length() > LONGEST_PROMPT) {
      return no("prompt", "string_above_max_length", "Invalid 'prompt': string too long.");
    }
    boolean sora = model.startsWith("sora-2");
    return wrongSeconds(order.path("seconds"), sora)
        .or(() -> wrongSize(order.path("size"), sora, model.startsWith("sora-2-pro")))
        .or(() -> wrongImages(order.path("images")));
  }

  private static Optional<Reply> wrongSeconds(JsonNode seconds, boolean sora) {
    if (isAbsent(seconds)) {
      return Optional.empty();
    }
    if (!seconds.isString()) {
      return no(
          "seconds",
          "invalid_type",
          "Invalid type for 'seconds': expected a string, not a number.");
    }
    String text = seconds.stringValue();
    return sora ? oneOf("seconds", text, SECONDS.contains(text)) : shaped("seconds", text, WHOLE);
  }

  private static Optional<Reply> wrongSize(JsonNode size, boolean sora, boolean pro) {
    if (isAbsent(size)) {
      return Optional.empty();
    }
    String text = size.isString() ? size.stringValue() : "";
    boolean known = SIZES.contains(text) || (pro && PRO_SIZES.contains(text));
    return sora ? oneOf("size", text, known) : shaped("size", text, PIXELS);
  }

  private static Optional<Reply> wrongImages(JsonNode images) {
    if (isAbsent(images)) {
      return Optional.empty();
    }
    boolean links = images.isArray() && images.valueStream().allMatch(JsonNode::isString);
    return links
        ? Optional.empty()
        : no("images", "invalid_type", "Invalid type for 'images': expected an array of strings.");
  }

  private static Optional<Reply> shaped(String field, String text, Pattern shape) {
    return oneOf(field, text, shape.matcher(text).matches());
  }

  private static Optional<Reply> oneOf(String field, String text, boolean known) {
    return known
        ? Optional.empty()
        : no(field, "invalid_value", "Invalid value: '" + text + "' for '" + field + "'.");
  }

  private static @Nullable String text(ObjectNode order, String field) {
    JsonNode value = order.path(field);
    return value.isString() ? value.stringValue() : null;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Optional<Reply> no(String field, String code, String message) {
    return Optional.of(Refusals.badVideo(field, code, message));
  }
}
