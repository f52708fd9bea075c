package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.LoggedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A CSV of storyboards of four shots, each of which starts from the video of the one before: Grok's
 * are extended twice and then remixed, Sora's remixed. The lines stand in no order.
 */
public final class Storyboards {

  public static final int SHOTS = 4;
  private static final String HEADER = "id,operation,prompt,model,source,start_time";

  private Storyboards() {}

  /** So many storyboards. A row's prompt is its id. */
  public static String[] csv(int boards) {
    List<String> lines = new ArrayList<>();
    for (int board = 0; board < boards; board++) {
      boolean grok = board % 2 == 0;
      for (int shot = 0; shot < SHOTS; shot++) {
        String id = "board" + board + "-" + shot;
        String source = shot == 0 ? "" : "board" + board + "-" + (shot - 1);
        String what = shot == 0 ? "create" : grok && shot < SHOTS - 1 ? "extend" : "remix";
        String model = shot == 0 ? (grok ? "grok-video-3" : "sora-2") : "";
        String start = what.equals("extend") ? "3" : "";
        lines.add(String.join(",", id, what, id, model, source, start));
      }
    }
    Collections.shuffle(lines, new Random(1));
    lines.add(0, HEADER);
    return lines.toArray(String[]::new);
  }

  /** The id of the row that it starts from; empty for the first shot. */
  public static String sourceOf(String id) {
    int dash = id.lastIndexOf('-') + 1;
    int shot = Integer.parseInt(id.substring(dash));
    return shot == 0 ? "" : id.substring(0, dash) + (shot - 1);
  }

  /**
   * Each shot was sent once, after the one before was accepted, and from its task; the gateway
   * itself refuses a source that is not completed.
   */
  public static void assertEachStartedFromTheOneBefore(List<LoggedRequest> sends) {
    Map<String, String> tasks = new HashMap<>();
    for (LoggedRequest send : sends) {
      String id = promptOf(send);
      assertThat(send.status()).as(id).isEqualTo(200);
      assertThat(sourceTask(send)).as(id).isEqualTo(tasks.getOrDefault(sourceOf(id), ""));
      assertThat(tasks.put(id, String.valueOf(send.task()))).as("sent before: " + id).isNull();
    }
  }

  public static String promptOf(LoggedRequest send) {
    return body(send).path("prompt").asString();
  }

  private static String sourceTask(LoggedRequest send) {
    String path = URLDecoder.decode(send.path(), StandardCharsets.UTF_8);
    return path.endsWith("/remix")
        ? path.substring("/v1/videos/".length(), path.length() - "/remix".length())
        : body(send).path("task_id").asString("");
  }

  private static JsonNode body(LoggedRequest send) {
    return JsonMapper.shared().readTree(send.body());
  }
}
