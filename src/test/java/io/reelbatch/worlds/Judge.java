package io.reelbatch.worlds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what the provider saw against what the program promises and says of itself. */
final class Judge {

  private record Row(
      String key, String prompt, String state, String task, boolean waits, boolean skippedFor) {}

  private static final double ROUNDING = 1e-6;

  private final Machine machine;
  private final Weather weather;
  private final Input input;
  private final Provider provider;
  private final List<String> found = new ArrayList<>();
  private final Map<String, Integer> resubmitted = new HashMap<>();
  private final Set<String> adopted = new HashSet<>();
  private double bucket;
  private long bucketAt;
  private long doubtsAllowed;

  Judge(Machine machine, Weather weather, Input input, Provider provider) {
    this.machine = machine;
    this.weather = weather;
    this.input = input;
    this.provider = provider;
  }

  boolean hasFound() {
    return !found.isEmpty();
  }

  void failIfBroken() {
    if (hasFound()) {
      throw new AssertionError(String.join("\n", found));
    }
  }

  void check(boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
      failIfBroken();
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      found.add(otherwise);
    }
  }

  void resubmitted(String prompt) {
    resubmitted.merge(prompt, 1, Integer::sum);
  }

  void adopted(Task task) {
    adopted.add(task.id);
  }

  private int paymentsAllowed(String prompt) {
    return input.copies(prompt) + resubmitted.getOrDefault(prompt, 0);
  }

  /** A task for this order that the program does not know, as a person finds it at the provider. */
  Optional<Task> unknownTask(String prompt, long now) {
    Set<String> known = knownTasks().keySet();
    List<String> rescued = machine.folder.rescued();
    return provider.tasks().values().stream()
        .filter(task -> task.prompt.equals(prompt) && task.isKnown(now))
        .filter(task -> !known.contains(task.id) && !rescued.contains(task.id))
        .findFirst();
  }

  /** A paid request arrives. */
  void paid(Post post, Optional<String> source, long now) {
    intentFirst(post);
    neverTwice(post);
    withinThePace(post, now);
    source.ifPresent(id -> fromAFinishedTask(post, id, now));
  }

  private void intentFirst(Post post) {
    Map<String, Long> attempts = new LinkedHashMap<>();
    machine.sql.query(
        """
        select coalesce(a.outcome, 'OPEN') as outcome, count(*) as n
        from attempt a join batch_row r on r.id = a.row_id
        where r.order_json like ? group by coalesce(a.outcome, 'OPEN')
        """,
        row -> {
          attempts.put(row.getString("outcome"), row.getLong("n"));
        },
        "%\"prompt\":\"" + post.prompt + "\"%");
    expect(
        attempts.getOrDefault("OPEN", 0L) > 0,
        post + " left without an intent on disk: " + attempts);
    long open =
        attempts.getOrDefault("OPEN", 0L)
            + attempts.getOrDefault("IN_DOUBT", 0L)
            + attempts.getOrDefault("ACCEPTED", 0L);
    expect(
        open <= paymentsAllowed(post.prompt),
        post + " left although an earlier request may be charged: " + attempts);
  }

  private void neverTwice(Post post) {
    long before =
        provider.posts().stream()
            .filter(other -> other != post && other.prompt.equals(post.prompt))
            .filter(other -> other.fate.mayBeCharged())
            .count();
    expect(
        before < paymentsAllowed(post.prompt),
        post + " although " + before + " before it may be charged");
  }

  private void withinThePace(Post post, long now) {
    double perNano = 1.0 / weather.submitRate().interval().toNanos();
    double saved = Math.max(1, Math.floor(perNano * 1e9 / 100));
    // What was missed is made up for at a hundredth more than the rate, and a request may be
    // half an interval late, or 10 ms.
    double late = Math.max(0.5, perNano * 1e7);
    bucket = Math.max(0, bucket - (now - bucketAt) * perNano * 1.01) + 1;
    bucketAt = now;
    expect(bucket <= saved + late + ROUNDING, post + " is faster than " + weather.submitRate());
    expect(
        provider.underWay() <= weather.inFlight(),
        post + ": " + provider.underWay() + " requests under way");
    long working =
        provider.posts().stream()
            .filter(other -> other.dealtWith && other.fate.readable)
            .flatMap(other -> other.task.stream())
            .filter(task -> !task.isReady(now))
            .count();
    expect(
        working + provider.underWay() <= weather.maxActive(),
        post + ": " + working + " tasks and " + provider.underWay() + " requests at once");
  }

  private void fromAFinishedTask(Post post, String id, long now) {
    Task task = provider.tasks().get(id);
    boolean done =
        task != null
            && task.isReady(now)
            && (task.end == Task.End.DONE || task.end == Task.End.DONE_WITHOUT_LINK);
    expect(done, post + " starts from " + id + ", which is not finished");
    if (task != null) {
      boolean right = input.sourcesOf(post.prompt).contains(task.prompt);
      expect(right, post + " starts from the video of '" + task.prompt + "'");
    }
  }

  void asked(String id) {
    expect(provider.tasks().containsKey(id), "asked after " + id + ", which never was");
  }

  void beforeRun() {
    long sending = count("select count(*) from batch_row where state = 'SENDING'");
    check(
        sending <= weather.inFlight(),
        sending
            + " requests were under way when the process ended, "
            + weather.inFlight()
            + " may");
    doubtsAllowed += sending;
  }

  void afterRun(Program.Ending ending, boolean ledgerFailed) {
    check(
        ledgerFailed || count("select count(*) from batch_row where state = 'SENDING'") == 0,
        "the run ended and left rows SENDING");
    everyReadIdIsKept();
    if (ending == Program.Ending.FINISHED || ending == Program.Ending.UNFINISHED) {
      everyLineIsExplained(ending);
    }
    failIfBroken();
  }

  private void everyReadIdIsKept() {
    Map<String, String> known = knownTasks();
    List<String> rescued = machine.folder.rescued();
    for (Post post : provider.posts()) {
      if (post.dealtWith && post.fate.made && post.fate.readable) {
        Task task = post.task.orElseThrow();
        expect(
            post.prompt.equals(known.get(task.id)) || rescued.contains(task.id),
            post + " answered " + task.id + ", which is lost");
      }
    }
    known.forEach(
        (id, prompt) -> {
          Task task = provider.tasks().get(id);
          expect(
              task != null && task.prompt.equals(prompt),
              "row '" + prompt + "' has task " + id + ", which is none of its");
        });
  }

  /** Ids that the ledger has, each with the prompt of its row. */
  private Map<String, String> knownTasks() {
    Map<String, String> known = new LinkedHashMap<>();
    machine.sql.query(
        """
        select t.task_id, r.order_json from task t join batch_row r on r.id = t.row_id
        order by t.id
        """,
        row -> {
          String before = known.put(row.getString("task_id"), prompt(row.getString("order_json")));
          expect(before == null, row.getString("task_id") + " stands in the ledger twice");
        });
    return known;
  }

  private static String prompt(String order) {
    return JsonMapper.shared().readTree(order).path("prompt").asString();
  }

  private void everyLineIsExplained(Program.Ending ending) {
    Map<String, Row> rows =
        rows().stream().collect(Collectors.toMap(Row::key, row -> row, (a, b) -> a));
    List<JsonNode> lines = machine.folder.reported();
    expect(
        lines.size() == input.lines().size(),
        "the report has " + lines.size() + " lines of " + input.lines().size());
    expect(
        machine.folder.isMarkedUnfinished() == (ending == Program.Ending.UNFINISHED),
        "the report of a run that is " + ending + " says otherwise");
    Set<String> explained = new HashSet<>();
    for (int i = 0; i < Math.min(lines.size(), input.lines().size()); i++) {
      JsonNode line = lines.get(i);
      Line asked = input.lines().get(i);
      Row row = rows.get(line.path("row").asString());
      expect(line.path("line").asInt() == i + 2, "the report's line " + i + " is " + line);
      expect(explained.add(line.path("row").asString()), "a row is reported twice: " + line);
      if (row == null) {
        found.add("no such row: " + line);
      } else {
        expect(row.prompt().equals(asked.prompt()), asked + " is reported as " + line);
        expect(row.state().equals(line.path("state").asString()), row + " is reported as " + line);
        String task = line.path("task_id").asString("");
        expect(row.task() == null || row.task().equals(task), row + " is reported as " + line);
        boolean settled =
            !row.state().equals("PLANNED")
                && !row.state().equals("SENDING")
                && !row.state().equals("ACCEPTED");
        expect(
            settled || ending == Program.Ending.UNFINISHED || row.waits(),
            row + " in a finished report");
      }
    }
  }

  private List<Row> rows() {
    return machine.sql.query(
        """
        select r.row_key, r.order_json, r.state, t.task_id, r.waits_for, r.skipped_for
        from batch_row r left join task t on t.id = r.task order by r.id
        """,
        (row, n) ->
            new Row(
                row.getString("row_key"),
                prompt(row.getString("order_json")),
                row.getString("state"),
                row.getString("task_id"),
                row.getObject("waits_for") != null,
                row.getObject("skipped_for") != null));
  }

  /** After a calm run: everything that could end has ended, as it did at the provider. */
  void atTheEnd(Optional<Program.Ending> ending) {
    boolean lost = provider.tasks().values().stream().anyMatch(task -> task.end == Task.End.LOST);
    check(
        lost || ending.equals(Optional.of(Program.Ending.FINISHED)),
        "the last, calm run is not finished: " + ending);
    boolean doubts = rows().stream().anyMatch(row -> row.state().equals("IN_DOUBT"));
    for (Row row : rows()) {
      String problem = problem(row, lost, doubts);
      expect(problem.isEmpty(), row + ": " + problem);
    }
    everyUnknownTaskIsDoubted();
    long doubted = count("select count(*) from attempt where outcome = 'IN_DOUBT'");
    long maybe = provider.posts().stream().filter(post -> post.fate.isDoubt()).count();
    expect(
        doubted <= doubtsAllowed + maybe,
        doubted + " doubts, of " + maybe + " faults and " + doubtsAllowed + " requests cut off");
    expect(machine.folder.rescued().isEmpty(), "the rescue file is not empty");
    expect(!machine.folder.hasDamagedRescue(), "the rescue file was damaged");
    failIfBroken();
  }

  private String problem(Row row, boolean lost, boolean doubts) {
    Task task = row.task() == null ? null : provider.tasks().get(row.task());
    return switch (row.state()) {
      case "SENDING" -> "nobody sends it";
      case "PLANNED" -> lost || (row.waits() && doubts) ? "" : "it could have been sent";
      case "ACCEPTED" ->
          task != null && (task.end == Task.End.LOST || lost) ? "" : "its task has ended";
      case "SUCCEEDED" ->
          task != null && (task.end == Task.End.DONE || task.end == Task.End.DONE_WITHOUT_LINK)
              ? ""
              : "the provider says otherwise";
      case "FAILED" ->
          task != null && task.end == Task.End.FAILED ? "" : "the provider says otherwise";
      case "LOST" ->
          task != null && (task.end == Task.End.EXPIRED || task.end == Task.End.LOST)
              ? ""
              : "the provider says otherwise";
      case "REFUSED" ->
          provider.posts().stream()
                  .anyMatch(post -> post.prompt.equals(row.prompt()) && post.fate.isRefusal())
              ? ""
              : "nobody refused it";
      case "SKIPPED" -> row.skippedFor() ? "" : "no source is gone";
      case "IN_DOUBT" ->
          // The intent alone may have been all there was, when the process died.
          doubtsAllowed > 0
                  || provider.posts().stream()
                      .anyMatch(post -> post.prompt.equals(row.prompt()) && post.fate.isDoubt())
              ? ""
              : "nobody can doubt it";
      default -> "";
    };
  }

  private void everyUnknownTaskIsDoubted() {
    Set<String> known = knownTasks().keySet();
    Map<String, Long> unknown =
        provider.tasks().values().stream()
            .filter(task -> !known.contains(task.id))
            .collect(
                Collectors.groupingBy(
                    task -> task.prompt, LinkedHashMap::new, Collectors.counting()));
    List<Row> rows = rows();
    unknown.forEach(
        (prompt, tasks) -> {
          long open =
              rows.stream()
                      .filter(row -> row.prompt().equals(prompt))
                      .filter(
                          row ->
                              row.state().equals("IN_DOUBT") || row.state().equals("WRITTEN_OFF"))
                      .count()
                  + resubmitted.getOrDefault(prompt, 0);
          expect(
              tasks <= open,
              tasks + " tasks of '" + prompt + "' are known to nobody, " + open + " in doubt");
        });
    long settled =
        provider.posts().stream()
            .filter(post -> post.dealtWith && post.fate.readable)
            .flatMap(post -> post.task.stream())
            .filter(task -> !known.contains(task.id))
            .count();
    expect(settled == 0, settled + " tasks were answered and are not in the ledger");
    expect(
        known.containsAll(adopted), "of the adopted " + adopted + " only " + known + " are kept");
  }

  private long count(String query) {
    Long n = machine.sql.queryForObject(query, Long.class);
    return n == null ? 0 : n;
  }
}
