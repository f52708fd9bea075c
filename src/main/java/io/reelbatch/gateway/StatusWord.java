package io.reelbatch.gateway;

import java.util.Set;

/**
 * What the gateways' words for a task's state mean. A word that nobody has seen counts as working.
 *
 * <p>Wire: {@code pending} (001_5a96a522108e9b27.txt), {@code queued} (000_627d03da58f7585c.txt).
 * Assumed: all other words, from gateways of the same family.
 */
enum StatusWord {
  WORKING,
  SUCCEEDED,
  /** Done if there is a link, else still working. */
  SUCCEEDED_WITH_LINK,
  FAILED,
  EXPIRED;

  private static final Set<String> SUCCESS =
      Set.of("completed", "complete", "succeeded", "succeed", "success", "finished", "done");

  private static final Set<String> FAILURE =
      Set.of(
          "failed",
          "fail",
          "failure",
          "error",
          "cancelled",
          "canceled",
          "video_generation_failed",
          "video_upsampling_failed",
          "rejected");

  static StatusWord of(String status) {
    String word = Json.word(status);
    if (SUCCESS.contains(word)) {
      return SUCCEEDED;
    }
    if (FAILURE.contains(word)) {
      return FAILED;
    }
    return switch (word) {
      case "video_upsampling_completed" -> SUCCEEDED_WITH_LINK;
      case "expired" -> EXPIRED;
      default -> WORKING;
    };
  }
}
