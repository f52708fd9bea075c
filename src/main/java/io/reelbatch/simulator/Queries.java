package io.reelbatch.simulator;

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
        .find(id, request.at())
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

  /** Assumed: GET /v1/videos/{id}/content streams the video; needs the key. */
  Reply content(Request request, String id) {
    Optional<SimulatedTask> task = tasks.find(id, request.at());
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
