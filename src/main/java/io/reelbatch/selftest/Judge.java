package io.reelbatch.selftest;

import io.reelbatch.simulator.LoggedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what the gateway's log says was paid with what the program's results say, and with what
 * was ordered. Judges one batch; not thread-safe.
 */
final class Judge {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;
  private static final String READABLE = "accepted";

  private final Evidence evidence;
  private final Map<String, List<LoggedRequest>> sends = new LinkedHashMap<>();
  private final Map<String, ReportedRow> rowByPrompt = new HashMap<>();
  private final Set<String> explained = new HashSet<>();
  private final Map<Figure, Long> figures = new EnumMap<>(Figure.class);
  private final List<String> broken = new ArrayList<>();

  private Judge(Evidence evidence) {
    this.evidence = evidence;
    for (LoggedRequest request : evidence.requests()) {
      if (request.method().equals("POST")) {
        sends.computeIfAbsent(prompt(request), prompt -> new ArrayList<>()).add(request);
      }
    }
    evidence.report().table().forEach(row -> rowByPrompt.putIfAbsent(row.prompt(), row));
  }

  /** What this evidence shows. */
  static Verdict judge(Evidence evidence) {
    return new Judge(evidence).verdict();
  }

  private Verdict verdict() {
    add(Figure.ORDERS, evidence.prompts().size());
    add(Figure.STARTS, evidence.starts());
    add(Figure.KILLS, evidence.allKills());
    add(Figure.BOUND, evidence.allKills() * evidence.inFlight());
    evidence.misbehaviour().forEach(this::isBroken);
    lookForDuplicates();
    lookForLostTasks();
    compareRowsWithTasks();
    weighDoubts();
    weighSpending();
    lookForUnexplainedLines();
    return new Verdict(figures, evidence.kills(), broken);
  }

  private void lookForDuplicates() {
    sends.forEach(
        (prompt, requests) -> {
          add(Figure.SUBMISSIONS, requests.size());
          LoggedRequest settled = null;
          for (LoggedRequest request : requests) {
            if (settled != null) {
              add(Figure.DUPLICATES, 1);
              isBroken(
                  "never pay twice: "
                      + told(prompt)
                      + " was sent again "
                      + told(request)
                      + " after "
                      + told(settled));
            }
            settled = mayBeSentAgainAfter(request) ? settled : request;
          }
        });
  }

  /** Only the gateway's word that it has made nothing, and that one may come again later. */
  private static boolean mayBeSentAgainAfter(LoggedRequest request) {
    return request.task() == null
        && (request.status() == TOO_MANY_REQUESTS || request.status() == UNAVAILABLE);
  }

  private void lookForLostTasks() {
    Set<String> known = new HashSet<>();
    reportedRows().forEach(row -> known.add(row.task()));
    sends.forEach(
        (prompt, requests) -> {
          for (LoggedRequest request : requests) {
            String task = request.task();
            if (task != null) {
              add(Figure.TASKS, 1);
              if (!known.contains(task)) {
                judgeUnknown(task, prompt, request);
              }
            }
          }
        });
  }

  private void judgeUnknown(String task, String prompt, LoggedRequest request) {
    ReportedRow row = rowByPrompt.get(prompt);
    @Nullable String loss = null;
    if (row == null || !row.isInDoubt()) {
      loss = "no row knows it, and none is in doubt";
    } else if (wasUsed(task)) {
      loss = "the program had read its id, and the row is in doubt";
    } else if (request.number() > evidence.lastStart() && isReadable(request)) {
      loss = "it was answered with its id, nobody killed the program, and the row is in doubt";
    }
    if (loss == null && !explained.add(prompt)) {
      loss = "the row in doubt stands for another task already";
    }
    if (loss == null) {
      add(Figure.UNKNOWN_TASKS, 1);
    } else {
      add(Figure.LOST, 1);
      isBroken("never lose a paid task: " + told(prompt) + " " + told(request) + ": " + loss);
    }
  }

  /** Whether the program showed by a request of its own that it knows this id. */
  private boolean wasUsed(String task) {
    return evidence.requests().stream()
        .anyMatch(
            request ->
                request.body().contains(task)
                    || URLDecoder.decode(request.path(), StandardCharsets.UTF_8).contains(task));
  }

  private void compareRowsWithTasks() {
    Map<String, String> promptByTask = new HashMap<>();
    sends.forEach(
        (prompt, requests) ->
            requests.forEach(
                request -> {
                  if (request.task() != null) {
                    promptByTask.put(request.task(), prompt);
                  }
                }));
    reportedRows()
        .filter(row -> !row.task().isEmpty())
        .filter(row -> !row.prompt().equals(promptByTask.get(row.task())))
        .forEach(
            row ->
                isBroken(
                    "never lose a paid task: "
                        + told(row.prompt())
                        + " shows task "
                        + row.task()
                        + ", which the gateway did not make for it"));
    evidence.report().table().stream()
        .filter(ReportedRow::isOpen)
        .forEach(
            row ->
                isBroken(
                    "explain every row: "
                        + told(row.prompt())
                        + " is left "
                        + row.state()
                        + " by a run that says it has finished"));
  }

  private void weighDoubts() {
    long byKills = 0;
    for (ReportedRow row : evidence.report().table()) {
      if (row.isInDoubt()) {
        add(Figure.IN_DOUBT, 1);
        byKills +=
            sends.getOrDefault(row.prompt(), List.of()).stream().anyMatch(Judge::isSpoiled) ? 0 : 1;
      }
    }
    add(Figure.DOUBT_BY_KILLS, byKills);
    long bound = evidence.allKills() * evidence.inFlight();
    if (byKills > bound) {
      isBroken(
          "doubt only what was under way: "
              + byKills
              + " rows are in doubt after "
              + evidence.allKills()
              + " kills with "
              + evidence.inFlight()
              + " requests in flight, which makes "
              + bound
              + " at most");
    }
  }

  private void weighSpending() {
    long tasks = figures.getOrDefault(Figure.TASKS, 0L);
    if (tasks > evidence.cap()) {
      add(Figure.OVERSPEND, tasks - evidence.cap());
      isBroken(
          "spend no more than asked: "
              + tasks
              + " tasks where "
              + evidence.cap()
              + " were allowed");
    }
    Set<String> ordered = new HashSet<>(evidence.prompts());
    sends.keySet().stream()
        .filter(prompt -> !ordered.contains(prompt))
        .forEach(prompt -> isBroken("spend no more than asked: nobody ordered " + told(prompt)));
  }

  private void lookForUnexplainedLines() {
    List<String> reported = evidence.report().table().stream().map(ReportedRow::prompt).toList();
    if (reported.equals(evidence.prompts())) {
      return;
    }
    Map<String, Integer> times = new HashMap<>();
    reported.forEach(prompt -> times.merge(prompt, 1, Integer::sum));
    boolean named = false;
    for (String prompt : evidence.prompts()) {
      int n = times.getOrDefault(prompt, 0);
      if (n != 1) {
        named = true;
        unexplained(told(prompt) + " is " + n + " times in results.csv");
      }
    }
    if (!named) {
      unexplained("the lines of results.csv are not those of the input in its order");
    }
  }

  private void unexplained(String what) {
    add(Figure.UNEXPLAINED, 1);
    isBroken("explain every row: " + what);
  }

  /** A program that lives reads the id in the answer. */
  private static boolean isReadable(LoggedRequest request) {
    return request.status() == OK && request.note().equals(READABLE);
  }

  /** No client could tell from this answer whether it was charged. */
  private static boolean isSpoiled(LoggedRequest request) {
    boolean refused =
        request.task() == null
            && (request.status() == UNAVAILABLE
                || (request.status() >= BAD_REQUEST && request.status() < SERVER_ERROR));
    return !refused && !isReadable(request);
  }

  private Stream<ReportedRow> reportedRows() {
    return Stream.concat(evidence.report().table().stream(), evidence.report().lines().stream());
  }

  private void add(Figure figure, long n) {
    figures.merge(figure, n, Long::sum);
  }

  private void isBroken(String promise) {
    broken.add("batch " + evidence.batch() + ": " + promise);
  }

  private static String told(String prompt) {
    return "\"" + prompt + "\"";
  }

  private static String told(LoggedRequest request) {
    return "(request "
        + request.number()
        + " at "
        + request.at()
        + ", answered "
        + request.status()
        + " "
        + request.note()
        + (request.task() == null ? "" : ", task " + request.task())
        + ")";
  }

  private static String prompt(LoggedRequest request) {
    try {
      return JsonMapper.shared().readTree(request.body()).path("prompt").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
