package io.reelbatch.simulator;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints that cost money. What is accepted is only proposed here: the caller logs it and
 * then makes it. Not thread-safe; one order at a time, or two could both take the last place under
 * {@code maxActive}.
 *
 * <p>A field that is absent is not complained about except for the model, the prompt, the source
 * and the start time: the pages contradict themselves on what is required. A field that is there
 * must have the right type and value.
 */
final class Orders {

  private static final Set<String> SORA_SIZES = Set.of("small", "large");
  private static final Set<String> ORIENTATIONS = Set.of("portrait", "landscape");
  private static final Set<Integer> DURATIONS = Set.of(10, 15);
  private static final Set<Integer> PRO_DURATIONS = Set.of(10, 15, 25);
  private static final Set<String> GROK_SIZES = Set.of("720p", "1080p");
  private static final Set<String> GROK_RATIOS = Set.of("2:3", "3:2", "1:1");
  private static final Set<String> VEO_RATIOS = Set.of("16:9", "9:16");
  private static final Pattern PIXELS = Pattern.compile("\\d{2,5}x\\d{2,5}");

  private final SimulatorSettings settings;
  private final Chance chance;
  private final Tasks tasks;
  private final Answers answers;
  private final Set<String> promptsOnceBusy = new HashSet<>();

  Orders(SimulatorSettings settings, Chance chance, Tasks tasks, Answers answers) {
    this.settings = settings;
    this.chance = chance;
    this.tasks = tasks;
    this.answers = answers;
  }

  /** Wire: POST /v1/video/create (002_2806259c75ea4eb9.txt). */
  Reply create(Request request) {
    Optional<ObjectNode> body = Json.objectIn(request.body());
    if (body.isEmpty()) {
      return notAnObject();
    }
    ObjectNode order = body.get();
    if (isBlank(order, "model")) {
      return Refusals.missingModel(request);
    }
    String model = order.path("model").stringValue();
    Optional<Family> family = Family.ofModel(model);
    if (family.isEmpty()) {
      return Refusals.unknownModel(model);
    }
    Reply wrong =
        switch (family.get()) {
          case SORA -> wrongWithSora(order, model);
          case GROK -> wrongWithGrok(order);
          default -> wrongWithVeo(order);
        };
    return wrong != null ? wrong : accept(request, order, family.get(), model, "");
  }

  /** Assumed: POST /v1/videos, from OpenAI's specification. */
  Reply video(Request request) {
    Optional<ObjectNode> body = Json.objectIn(request.body());
    if (body.isEmpty()) {
      return notAnObject();
    }
    ObjectNode order = body.get();
    return VideoBody.refused(order)
        .orElseGet(
            () -> accept(request, order, Family.OPENAI, order.path("model").stringValue(), ""));
  }

  /**
   * Wire: POST /v1/videos/{id}/remix (000_627d03da58f7585c.txt). Assumed: of any video that is not
   * private; the page shows one of Sora's.
   */
  Reply remix(Request request, String sourceId) {
    Optional<ObjectNode> body = Json.objectIn(request.body());
    if (body.isEmpty()) {
      return notAnObject();
    }
    ObjectNode order = body.get();
    if (!isAbsentOr(order, "size", size -> PIXELS.matcher(size).matches())) {
      return Refusals.badOrder("invalid_size", "size must be like 1280x720");
    }
    Optional<SimulatedTask> found = tasks.find(sourceId, request);
    if (found.isEmpty()) {
      return Refusals.unknownTask(400);
    }
    SimulatedTask source = found.get();
    if (source.isPrivate()) {
      return invalid("a private video cannot be remixed");
    }
    if (source.stageAt(request.at()) != Stage.COMPLETED) {
      return Refusals.notCompleted(request);
    }
    Family family = source.family() == Family.OPENAI ? Family.OPENAI : Family.REMIX;
    return accept(request, order, family, source.model(), sourceId);
  }

  /** Wire: POST /v1/video/extend (004_6e4607a80ea57ce1.txt). */
  Reply extend(Request request) {
    Optional<ObjectNode> body = Json.objectIn(request.body());
    if (body.isEmpty()) {
      return notAnObject();
    }
    ObjectNode order = body.get();
    if (isBlank(order, "model")) {
      return Refusals.missingModel(request);
    }
    String model = order.path("model").stringValue();
    Optional<Family> family = Family.ofModel(model);
    if (family.isEmpty()) {
      return Refusals.unknownModel(model);
    }
    if (family.get() != Family.GROK) {
      return invalid("model " + model + " cannot extend a video");
    }
    if (isBlank(order, "task_id")) {
      return invalid("task_id is required");
    }
    JsonNode start = order.path("start_time");
    if (!start.isIntegralNumber() || start.asLong() < 0) {
      return invalid("start_time is required: whole seconds, 0 or more");
    }
    Reply wrong = wrongWithGrok(order);
    if (wrong != null) {
      return wrong;
    }
    String sourceId = order.path("task_id").stringValue();
    if (!sourceId.startsWith("grok:")) {
      return invalid("task_id must be the id of a Grok video, grok:…");
    }
    Optional<SimulatedTask> source = tasks.find(sourceId, request);
    if (source.isEmpty()) {
      return Refusals.unknownTask(400);
    }
    if (source.get().stageAt(request.at()) != Stage.COMPLETED) {
      return Refusals.notCompleted(request);
    }
    return accept(request, order, Family.GROK, model, sourceId);
  }

  private Reply accept(
      Request request, ObjectNode order, Family family, String model, String sourceId) {
    if (isBlank(order, "prompt")) {
      return invalid("prompt is required");
    }
    String prompt = order.path("prompt").stringValue();
    Optional<Directive> directive;
    try {
      directive = Directive.in(prompt);
    } catch (IllegalArgumentException e) {
      return invalid(String.valueOf(e.getMessage()));
    }
    Directive play = directive.orElse(null);
    if (play == Directive.REFUSE) {
      return Refusals.refusedContent();
    }
    if (play == Directive.SENTINEL) {
      return Refusals.sentinelBlock();
    }
    if (play == Directive.BUSY && promptsOnceBusy.add(prompt)) {
      return Refusals.saturated().with(Map.of("Retry-After", "1"));
    }
    if (settings.maxActive() > 0 && tasks.activeAt(request.at()) >= settings.maxActive()) {
      return Refusals.saturated();
    }
    SimulatedTask task = newTask(request, order, family, model, sourceId, play);
    Reply reply = Reply.json(200, answers.accepted(task), "accepted").making(task);
    if (play == Directive.HANG_UP) {
      return reply.deliver(Delivery.NOTHING).noted("accepted, then hang-up");
    }
    if (play == Directive.EMPTY) {
      return reply.reading(200, "{}").noted("accepted, then {}");
    }
    return reply;
  }

  private SimulatedTask newTask(
      Request request,
      ObjectNode order,
      Family family,
      String model,
      String sourceId,
      @Nullable Directive play) {
    long number = tasks.count() + 1;
    Duration time = chance.taskTime(number);
    Ending ending;
    if (play == null) {
      ending = chance.fails(number) ? Ending.UPSTREAM_ERROR : Ending.COMPLETED;
    } else {
      ending = play.ending();
    }
    return new SimulatedTask(
        family.newId(model, request.at()),
        number,
        family,
        model,
        request.at(),
        play == Directive.SLOW ? time.multipliedBy(10) : time,
        ending,
        sourceId,
        request.account(),
        order);
  }

  private static @Nullable Reply wrongWithSora(ObjectNode order, String model) {
    boolean pro = model.startsWith("sora-2-pro");
    if (!isAbsentOr(order, "size", SORA_SIZES::contains)) {
      return Refusals.badOrder("invalid_size", "size must be small or large");
    }
    if (pro && "small".equals(order.path("size").asString(""))) {
      return Refusals.badOrder("invalid_size", "size of " + model + " must be large");
    }
    if (!isAbsentOr(order, "orientation", ORIENTATIONS::contains)) {
      return invalid("orientation must be portrait or landscape");
    }
    JsonNode duration = order.path("duration");
    Set<Integer> durations = pro ? PRO_DURATIONS : DURATIONS;
    if (isPresent(duration) && !(duration.isInt() && durations.contains(duration.intValue()))) {
      return invalid("duration of " + model + " must be one of " + new TreeSet<>(durations));
    }
    for (String flag : Set.of("watermark", "private")) {
      if (isPresent(order.path(flag)) && !order.path(flag).isBoolean()) {
        return invalid(flag + " must be true or false");
      }
    }
    return wrongWithImages(order);
  }

  private static @Nullable Reply wrongWithGrok(ObjectNode order) {
    if (!isAbsentOr(order, "size", size -> GROK_SIZES.contains(size.toLowerCase(Locale.ROOT)))) {
      return Refusals.badOrder("invalid_size", "size must be 720P or 1080P");
    }
    if (!isAbsentOr(order, "aspect_ratio", GROK_RATIOS::contains)) {
      return invalid("aspect_ratio must be 2:3, 3:2 or 1:1");
    }
    if (isPresent(order.path("upscale")) && !order.path("upscale").isBoolean()) {
      return invalid("upscale must be true or false");
    }
    return wrongWithImages(order);
  }

  private static @Nullable Reply wrongWithVeo(ObjectNode order) {
    if (!isAbsentOr(order, "aspect_ratio", VEO_RATIOS::contains)) {
      return invalid("aspect_ratio must be 16:9 or 9:16");
    }
    return wrongWithImages(order);
  }

  private static @Nullable Reply wrongWithImages(ObjectNode order) {
    JsonNode images = order.path("images");
    if (!isPresent(images)) {
      return null;
    }
    for (JsonNode image : images) {
      if (!image.isString()) {
        return invalid("images must be a list of links");
      }
    }
    return images.isArray() ? null : invalid("images must be a list of links");
  }

  private static boolean isAbsentOr(ObjectNode order, String field, Predicate<String> allowed) {
    JsonNode value = order.path(field);
    return !isPresent(value) || (value.isString() && allowed.test(value.stringValue()));
  }

  /** Null counts as absent, as it does for gateways of this family. */
  private static boolean isPresent(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  private static boolean isBlank(ObjectNode order, String field) {
    JsonNode value = order.path(field);
    return !value.isString() || value.stringValue().isBlank();
  }

  private static Reply notAnObject() {
    return invalid("the body must be a JSON object");
  }

  private static Reply invalid(String message) {
    return Refusals.badOrder("invalid_request", message);
  }
}
