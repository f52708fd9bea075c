package io.reelbatch.gateway;

import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the gateway's list of tasks, page by page, the newest first.
 *
 * <p>Assumed: GET /v1/videos?limit=&order=&after= and {@code data}, {@code last_id}, {@code
 * has_more} in its answer, from OpenAI's specification. Most gateways of the family have no such
 * route.
 */
final class TaskList {

  private static final int MOST_PAGES = 50;
  private static final int MOST_PROMPT = 40_000;

  private final Endpoints endpoints;
  private final Wire wire;
  private final Redaction redaction;
  private final InstantSource clock;

  TaskList(Endpoints endpoints, Wire wire, Redaction redaction, InstantSource clock) {
    this.endpoints = endpoints;
    this.wire = wire;
    this.redaction = redaction;
    this.clock = clock;
  }

  TaskListing read(Instant since) {
    Map<TaskId, ListedTask> found = new LinkedHashMap<>();
    @Nullable TaskId after = null;
    for (int n = 0; n < MOST_PAGES; n++) {
      Exchange exchange = wire.get(endpoints.list(after));
      if (exchange instanceof Exchange.Broken broken) {
        Reason reason = new Breakage(broken, redaction, TaskClassifier.MOST_RAW).ofQuestion();
        return found.isEmpty() ? new TaskListing.Unread(reason) : part(found);
      }
      Answer answer =
          new Answer(
              (Exchange.Answered) exchange, redaction, TaskClassifier.MOST_RAW, clock.instant());
      JsonNode data = answer.root().path("data");
      if (!answer.isSuccess() || !data.isArray()) {
        return found.isEmpty() ? unlisted(answer) : part(found);
      }
      List<ListedTask> page = page(data);
      int before = found.size();
      page.forEach(task -> found.putIfAbsent(task.task(), task));
      if (!hasMore(answer.root(), data) || isPast(page, since)) {
        return new TaskListing.Listed(List.copyOf(found.values()), TaskListing.Reach.ALL);
      }
      if (found.size() == before) {
        return part(found); // the same page again
      }
      after = page.get(page.size() - 1).task();
    }
    return part(found);
  }

  private static TaskListing part(Map<TaskId, ListedTask> found) {
    return new TaskListing.Listed(List.copyOf(found.values()), TaskListing.Reach.PART);
  }

  private static TaskListing unlisted(Answer answer) {
    GatewayError error = answer.error();
    boolean missing =
        switch (answer.status()) {
          case 404, 405, 501 -> true;
          default -> error != null && (error.isRouteMissing() || error.isTaskUnknown());
        };
    if (missing) {
      return new TaskListing.NotOffered(answer.reason());
    }
    return new TaskListing.Unread(
        answer.isSuccess() && error == null
            ? answer.reason("no_list", Message.of("the answer is no list of tasks"))
            : answer.reason());
  }

  private static boolean hasMore(JsonNode root, JsonNode data) {
    return root.path("has_more").asBoolean(data.size() >= Endpoints.LISTED_AT_ONCE);
  }

  /** Whether all that follows is older; a list in another order tells nothing of what follows. */
  private static boolean isPast(List<ListedTask> page, Instant since) {
    Instant first = page.isEmpty() ? null : page.get(0).createdAt();
    Instant last = page.isEmpty() ? null : page.get(page.size() - 1).createdAt();
    return first != null && last != null && last.isBefore(first) && last.isBefore(since);
  }

  private List<ListedTask> page(JsonNode data) {
    List<ListedTask> page = new ArrayList<>();
    for (JsonNode item : data) {
      TaskId task = SendClassifier.taskId(item.path("id"));
      if (task == null) {
        task = SendClassifier.taskId(item.path("task_id"));
      }
      if (task != null) {
        page.add(
            new ListedTask(
                task,
                text(item, "/prompt"),
                text(item, "/model"),
                VideoLink.instant(item.path("created_at")),
                text(item, "/status")));
      }
    }
    return page;
  }

  private @Nullable String text(JsonNode item, String place) {
    String text = Json.text(item, place);
    return text == null ? null : redaction.cut(text, MOST_PROMPT);
  }
}
