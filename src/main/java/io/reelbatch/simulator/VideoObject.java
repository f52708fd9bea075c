package io.reelbatch.simulator;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as OpenAI's endpoint shows it. There is no link in it: the video is at {@code /content}.
 * Assumed: from OpenAI's specification.
 */
final class VideoObject {

  private static final Duration KEPT = Duration.ofDays(1);

  private VideoObject() {}

  static ObjectNode of(SimulatedTask task, Instant now) {
    Stage stage = task.stageAt(now);
    boolean completed = stage == Stage.COMPLETED;
    var video =
        Json.object()
            .put("id", task.id())
            .put("object", "video")
            .put("model", task.model())
            .put("status", status(stage))
            .put("progress", Answers.percent(task, now))
            .put("prompt", task.prompt())
            .put("created_at", task.madeAt().getEpochSecond())
            .put("completed_at", completed ? (Long) task.endsAt().getEpochSecond() : null)
            .put("expires_at", completed ? (Long) task.endsAt().plus(KEPT).getEpochSecond() : null)
            .put("seconds", task.order().path("seconds").asString("4"))
            .put("size", task.order().path("size").asString("720x1280"))
            .put("remixed_from_video_id", task.source().isEmpty() ? null : task.source());
    if (stage == Stage.FAILED) {
      video
          .putObject("error")
          .put("code", Answers.isModerated(task) ? "moderation_blocked" : "video_generation_failed")
          .put("message", Answers.reason(task));
    } else {
      video.putNull("error");
    }
    return video;
  }

  private static String status(Stage stage) {
    return switch (stage) {
      case WAITING -> "queued";
      case WORKING, GONE -> "in_progress";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
    };
  }
}
