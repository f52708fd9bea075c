package io.reelbatch.simulator;

import java.net.URI;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the gateway says about a task, in the shape of the task's family. Stateless.
 *
 * <p>The shapes keep what misleads clients: a Sora task is {@code pending} up to its end, its
 * progress stands elsewhere; Grok counts in seconds and answers with an id that has lost its
 * prefix; a completed Veo task still carries the error of an earlier attempt; a remix in flight
 * carries an empty error and an empty link.
 */
final class Answers {

  private static final String GUARDRAILS =
      "This content may violate our guardrails concerning similarity to third-party content.";
  private static final String UPSTREAM = "Upstream generation failed: internal error.";

  private final URI base;
  private final ExtendAnswer extendAnswer;

  Answers(URI base, ExtendAnswer extendAnswer) {
    this.base = base;
    this.extendAnswer = extendAnswer;
  }

  /** The answer to the POST that made the task. */
  ObjectNode accepted(SimulatedTask task) {
    boolean extension = task.family() == Family.GROK && !task.source().isEmpty();
    if (extension && extendAnswer == ExtendAnswer.EMPTY_OBJECT) {
      return Json.object();
    }
    var answer = Json.object().put("id", task.id());
    long millis = task.madeAt().toEpochMilli();
    return switch (task.family()) {
      // Wire: 002_2806259c75ea4eb9.txt.
      case SORA -> answer.put("status", "pending").put("status_update_time", millis);
      case GROK ->
          answer
              .put("status", "processing")
              .put("status_update_time", task.madeAt().getEpochSecond());
      case VEO ->
          answer
              .put("status", "pending")
              .put("status_update_time", millis)
              .put("enhanced_prompt", task.prompt());
      // Wire: 000_627d03da58f7585c.txt; the model answered is not the one asked for.
      case REMIX -> {
        remixHead(answer, task, "queued", 0);
        answer.putObject("detail");
        yield answer;
      }
      case OPENAI -> VideoObject.of(task, task.madeAt());
    };
  }

  /** The answer to a query of a task that is not gone. */
  ObjectNode status(SimulatedTask task, Instant now) {
    return switch (task.family()) {
      case SORA -> sora(task, now);
      case GROK -> grok(task, now);
      case VEO -> veo(task, now);
      case REMIX -> remix(task, now);
      case OPENAI -> VideoObject.of(task, now);
    };
  }

  /** Wire: 001_5a96a522108e9b27.txt for the pending task. Assumed: the two ends. */
  private ObjectNode sora(SimulatedTask task, Instant now) {
    Stage stage = task.stageAt(now);
    var answer = Json.object().put("id", task.id());
    var detail = answer.putObject("detail").put("id", task.bareId());
    detail
        .putObject("input")
        .put("size", text(task, "size", "small"))
        .put("model", task.model())
        .put("prompt", task.prompt())
        .put("orientation", text(task, "orientation", "portrait"))
        .set("images", images(task));
    switch (stage) {
      case COMPLETED -> soraCompleted(task, answer, detail);
      case FAILED -> soraFailed(task, answer, detail);
      default -> soraPending(task, now, answer, detail);
    }
    long updated = Stage.COMPLETED == stage || Stage.FAILED == stage ? end(task) : millis(now);
    return answer.put("status_update_time", updated);
  }

  private static void soraPending(
      SimulatedTask task, Instant now, ObjectNode answer, ObjectNode detail) {
    answer.put("status", "pending");
    detail.put("status", "pending");
    var info =
        detail
            .putObject("pending_info")
            .put("id", task.bareId())
            .put("type", "video_gen")
            .put("title", "New Video")
            .put("prompt", task.prompt())
            .put("status", task.stageAt(now) == Stage.WAITING ? "queued" : "processing")
            .put("width", 352)
            .put("height", 640)
            .put("n_frames", 450)
            .put("priority", 2)
            .put("created_at", task.madeAt().toString())
            .put("progress_pct", task.progressAt(now))
            .putNull("failure_reason")
            .putNull("queue_status_message")
            .putNull("progress_pos_in_queue")
            .putNull("estimated_queue_wait_time")
            .put("needs_user_review", false)
            .put("num_unsafe_generations", 0);
    info.putArray("generations");
    info.putObject("moderation_result")
        .putNull("code")
        .put("type", "passed")
        .put("task_id", task.bareId())
        .put("is_output_rejection", false)
        .putObject("results_by_frame_index");
  }

  private void soraCompleted(SimulatedTask task, ObjectNode answer, ObjectNode detail) {
    answer.put("status", "completed").put("width", 352).put("height", 640);
    detail.put("status", "completed");
    var draft =
        detail
            .putObject("draft_info")
            .put("id", "gen_" + task.bareId())
            .put("generation_id", "gen_" + task.bareId())
            .put("kind", "sora_draft")
            .put("width", 352)
            .put("height", 640);
    if (task.ending() == Ending.COMPLETED) {
      String link = link(task);
      answer.put("video_url", link);
      detail.put("url", link);
      draft.put("url", link).put("downloadable_url", link);
    }
  }

  private static void soraFailed(SimulatedTask task, ObjectNode answer, ObjectNode detail) {
    answer.put("status", "failed");
    detail.put("status", "failed");
    detail
        .putObject("draft_info")
        .put("id", "gen_" + task.bareId())
        .put("kind", isModerated(task) ? "sora_content_violation" : "sora_error")
        .put("reason_str", reason(task))
        .put("markdown_reason_str", reason(task));
  }

  /** Assumed: as the query page of Grok shows it, id without its prefix included. */
  private ObjectNode grok(SimulatedTask task, Instant now) {
    Stage stage = task.stageAt(now);
    var answer = Json.object().put("id", task.bareId()).put("enhanced_prompt", "");
    switch (stage) {
      case COMPLETED -> answer.put("status", "completed").put("progress", 100);
      case FAILED -> {
        answer.put("status", "failed").put("progress", 100);
        if (isModerated(task)) {
          answer.putObject("error").put("message", GUARDRAILS).put("code", "moderation_blocked");
        } else {
          answer.put("error", UPSTREAM);
        }
      }
      default ->
          answer
              .put("status", stage == Stage.WAITING ? "pending" : "processing")
              .put("progress", percent(task, now));
    }
    answer.put("video_url", hasLink(task, stage) ? link(task) : null);
    long updated = stage == Stage.COMPLETED || stage == Stage.FAILED ? end(task) : millis(now);
    return answer.put("status_update_time", updated / 1000);
  }

  /** Assumed: as the query page of Veo shows a completed task; its top-level fields are a guess. */
  private ObjectNode veo(SimulatedTask task, Instant now) {
    Stage stage = task.stageAt(now);
    var answer = Json.object().put("id", task.id());
    var detail = answer.putObject("detail").put("id", task.id());
    detail
        .putObject("req")
        .put("model", task.model())
        .put("prompt", task.prompt())
        .put("aspect_ratio", text(task, "aspect_ratio", "16:9"))
        .put("enhance_prompt", task.order().path("enhance_prompt").asBoolean(true))
        .put("enable_upsample", task.order().path("enable_upsample").asBoolean(true))
        .set("images", images(task));
    detail.put("created_at", millis(task.madeAt())).put("max_retries", 3).put("error_sleep", 5000);
    detail.put("running", stage == Stage.WAITING || stage == Stage.WORKING);
    switch (stage) {
      case COMPLETED -> {
        answer.put("status", "completed");
        // Left over from an earlier attempt; the task is fine.
        detail
            .put("status", "completed")
            .put("completed_at", end(task))
            .put("retry_count", 3)
            .put("error_message", "[403] the caller does not have permission (attempt 2 of 3)");
        if (hasLink(task, stage)) {
          answer.put("video_url", link(task));
          detail.put("video_url", link(task));
        }
      }
      case FAILED -> {
        answer.put("status", "failed");
        detail
            .put("status", "video_generation_failed")
            .put("completed_at", end(task))
            .put("retry_count", 3)
            .put("error_message", reason(task));
      }
      default -> {
        answer.put("status", stage == Stage.WAITING ? "pending" : "processing");
        detail
            .put("status", stage == Stage.WAITING ? "pending" : "video_generating")
            .put("retry_count", 0);
      }
    }
    detail.put("enhanced_prompt", task.prompt());
    return answer.put("enhanced_prompt", task.prompt()).put("progress", percent(task, now));
  }

  /** Assumed: the video object that gateways of this family answer for such ids. */
  private ObjectNode remix(SimulatedTask task, Instant now) {
    Stage stage = task.stageAt(now);
    var answer = Json.object().put("id", task.id());
    String status =
        switch (stage) {
          case WAITING -> "queued";
          case COMPLETED -> "completed";
          case FAILED -> "failed";
          default -> "in_progress";
        };
    remixHead(answer, task, status, percent(task, now));
    boolean ended = stage == Stage.COMPLETED || stage == Stage.FAILED;
    answer
        .put("completed_at", ended ? end(task) / 1000 : 0)
        .put("video_url", hasLink(task, stage) ? link(task) : "");
    boolean failed = stage == Stage.FAILED;
    answer
        .putObject("error")
        .put("message", failed ? reason(task) : "")
        .put("code", failed ? (isModerated(task) ? "moderation_blocked" : "upstream_error") : "");
    return answer;
  }

  private static void remixHead(
      ObjectNode answer, SimulatedTask task, String status, int progress) {
    answer
        .put("object", "video")
        .put("model", "sora_video2")
        .put("status", status)
        .put("progress", progress)
        .put("created_at", task.madeAt().getEpochSecond())
        .put("seconds", "10")
        .put("size", text(task, "size", "1280x720"))
        .put("remixed_from_video_id", task.source().replaceFirst("^(video_|.*:)", ""));
  }

  private String link(SimulatedTask task) {
    return Clip.link(base, task).toString();
  }

  private static boolean hasLink(SimulatedTask task, Stage stage) {
    return stage == Stage.COMPLETED && task.ending() == Ending.COMPLETED;
  }

  static boolean isModerated(SimulatedTask task) {
    return task.ending() == Ending.MODERATED;
  }

  static String reason(SimulatedTask task) {
    return isModerated(task) ? GUARDRAILS : UPSTREAM;
  }

  private static String text(SimulatedTask task, String field, String otherwise) {
    return task.order().path(field).asString(otherwise);
  }

  private static JsonNode images(SimulatedTask task) {
    var images = task.order().path("images");
    return images.isArray() ? images : Json.MAPPER.createArrayNode();
  }

  static int percent(SimulatedTask task, Instant now) {
    return switch (task.stageAt(now)) {
      case COMPLETED, FAILED -> 100;
      default -> (int) Math.round(task.progressAt(now) * 100);
    };
  }

  private static long end(SimulatedTask task) {
    return millis(task.endsAt());
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }
}
