package io.reelbatch.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The endpoints that ask and fetch; they change nothing. Thread-safe. */
final class Queries {

  private final Tasks tasks;
  private final Answers answers;
  private final Clip clip;

  Queries(Tasks tasks, Answers answers, Clip clip) {
    this.tasks = tasks;
    this.answers = answers;
    this.clip = clip;
  }

  /** Wire: GET /v1/videos/{id} (001_5a96a522108e9b27.txt). */
  Reply status(Request request, String id) {
    return tasks
        .find(id, request)
        .map(
            task ->
                Reply.json(
                    200,
                    answers.status(task, request.at()),
                    "status: " + task.stageAt(request.at())))
        .orElseGet(() -> Refusals.unknownTask(400));
  }

  /** Assumed: GET /v1/video/query?id=, the twin of {@link #status} on other pages. */
  Reply query(Request request) {
    return request
        .parameter("id")
        .map(id -> status(request, id))
        .orElseGet(() -> Refusals.badOrder("invalid_request", "id is required"));
  }

  /** Assumed: GET /v1/videos?limit=&order=&after=, from OpenAI's specification. */
  Reply list(Request request) {
    int limit = request.parameter("limit").map(Integer::parseInt).orElse(20);
    List<SimulatedTask> all = new ArrayList<>(tasks.known(request));
    if (!request.parameter("order").orElse("desc").equals("asc")) {
      Collections.reverse(all);
    }
    String after = request.parameter("after").orElse("");
    List<SimulatedTask> rest =
        all.stream()
            .dropWhile(task -> !after.isEmpty() && !task.id().equals(after))
            .skip(after.isEmpty() ? 0 : 1)
            .toList();
    List<SimulatedTask> page = rest.subList(0, Math.min(limit, rest.size()));
    var answer = Json.object().put("object", "list");
    var data = answer.putArray("data");
    page.forEach(task -> data.add(VideoObject.of(task, request.at())));
    answer
        .put("first_id", page.isEmpty() ? null : page.get(0).id())
        .put("last_id", page.isEmpty() ? null : page.get(page.size() - 1).id())
        .put("has_more", page.size() < rest.size());
    return Reply.json(200, answer, "list of " + page.size());
  }

  /** Assumed: GET /v1/videos/{id}/content streams the video; needs the key. */
  Reply content(Request request, String id) {
    Optional<SimulatedTask> task = tasks.find(id, request);
    if (task.isEmpty()) {
      return Refusals.unknownTask(404);
    }
    if (task.get().stageAt(request.at()) != Stage.COMPLETED) {
      return Refusals.notCompleted(request);
    }
    // Without this the missing link could be got round, and no client would ever meet it.
    if (task.get().ending() == Ending.WITHOUT_LINK) {
      return Refusals.nothingToFetch(request);
    }
    return clip.reply(request);
  }

  /** Assumed: a link needs no key. */
  Reply file(Request request, String id) {
    return tasks
        .find(id, request.at())
        .filter(task -> task.stageAt(request.at()) == Stage.COMPLETED)
        .filter(task -> task.ending() == Ending.COMPLETED)
        .map(task -> clip.reply(request))
        .orElseGet(() -> Refusals.noSuchRoute(request));
  }
}
