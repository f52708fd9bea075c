import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the log of the built-in gateway and says how well a run was paced, by the gateway's own
 * clock. One argument: the log. Further ones, as name=value:
 *
 * <p>rate=50 requests a second that were allowed; kills=INSTANT,… when the program was killed;
 * slots=20 tasks at once that the gateway took; interval=0.5 seconds between two polls of a task;
 * polls=200 polls a second that were allowed; chain=4 rows in each chain of the file, of which the
 * best schedule takes that with the longest rest first.
 */
public class JudgePace {

  record Line(Instant at, String method, String path, int status, String task, String note) {}

  record Task(Instant madeAt, Instant endsAt, String source, boolean completes) {
    double seconds() {
      return Duration.between(madeAt, endsAt).toNanos() / 1e9;
    }
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (String arg : Arrays.asList(args).subList(1, args.length)) {
      given.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    List<Line> lines = new ArrayList<>();
    Map<String, Task> tasks = new HashMap<>();
    read(Path.of(args[0]), lines, tasks);
    List<Line> sends = lines.stream().filter(line -> line.method().equals("POST")).toList();
    long refused = sends.stream().filter(line -> line.status() == 429).count();
    System.out.printf(
        Locale.ROOT,
        "sends %d, tasks %d, 429s %d (%.3f a task)%n",
        sends.size(),
        tasks.size(),
        refused,
        (double) refused / Math.max(1, tasks.size()));
    if (given.containsKey("rate")) {
      rates(sends, Double.parseDouble(given.get("rate")), given.getOrDefault("kills", ""));
    }
    if (given.containsKey("slots")) {
      makespan(
          sends,
          tasks,
          Integer.parseInt(given.get("slots")),
          Integer.parseInt(given.getOrDefault("chain", "1")));
    }
    if (given.containsKey("interval")) {
      promptness(
          lines,
          tasks,
          Double.parseDouble(given.get("interval")),
          Double.parseDouble(given.get("polls")));
    }
  }

  private static void rates(List<Line> sends, double rate, String kills) {
    List<Instant> ends = new ArrayList<>();
    for (String kill : kills.isEmpty() ? new String[0] : kills.split(",")) {
      ends.add(Instant.parse(kill));
    }
    ends.add(Instant.MAX);
    Instant from = Instant.MIN;
    for (Instant to : ends) {
      Instant begin = from;
      List<Line> some =
          sends.stream()
              .filter(send -> send.at().isAfter(begin) && !send.at().isAfter(to))
              .toList();
      if (some.size() > 1) {
        double seconds =
            Duration.between(some.get(0).at(), some.get(some.size() - 1).at()).toNanos() / 1e9;
        System.out.printf(
            Locale.ROOT,
            "process: %d sends in %.1f s, %.3f of the rate (0.98 to 1.00 is good)%n",
            some.size(),
            seconds,
            (some.size() - 1) / seconds / rate);
      }
      from = to;
    }
    int most = 0;
    int first = 0;
    for (int last = 0; last < sends.size(); last++) {
      while (!sends.get(last).at().isBefore(sends.get(first).at().plusSeconds(1))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    System.out.printf(
        Locale.ROOT, "fullest second: %d sends (at most %.0f is good)%n", most, rate + 2);
  }

  private static void makespan(
      List<Line> sends, Map<String, Task> tasks, int slots, int chain) {
    Instant last = tasks.values().stream().map(Task::endsAt).max(Instant::compareTo).orElseThrow();
    double took = Duration.between(sends.get(0).at(), last).toNanos() / 1e9;
    double greedy = chain == 1 ? greedy(tasks, slots) : greedyInChains(tasks, slots);
    System.out.printf(
        Locale.ROOT,
        "makespan %.2f s, greedy %.2f s: %.3f times as long%n",
        took,
        greedy,
        took / greedy);
    if (chain > 1) {
      System.out.printf(
          Locale.ROOT,
          "%d of %d tasks start from another, %d of them too early or from one that failed%n",
          tasks.values().stream().filter(task -> !task.source().isEmpty()).count(),
          tasks.size(),
          tasks.values().stream().filter(task -> isTooEarly(task, tasks)).count());
    }
  }

  private static boolean isTooEarly(Task task, Map<String, Task> tasks) {
    Task source = tasks.get(task.source());
    return !task.source().isEmpty()
        && (source == null || !source.completes() || task.madeAt().isBefore(source.endsAt()));
  }

  private static double greedy(Map<String, Task> tasks, int slots) {
    PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(slots, 0.0));
    double greedy = 0;
    for (Task task :
        tasks.values().stream()
            .sorted((a, b) -> a.madeAt().compareTo(b.madeAt()))
            .toList()) {
      double end = free.remove() + task.seconds();
      free.add(end);
      greedy = Math.max(greedy, end);
    }
    return greedy;
  }

  record Step(String task, int depth, Instant madeAt) {}

  record End(String task, int depth, double at) {}

  /**
   * Each free slot takes the row with the longest rest of its chain, which in chains of one length
   * is the one least far down, and learns of each end at once. It does not know what will fail.
   */
  private static double greedyInChains(Map<String, Task> tasks, int slots) {
    Map<String, List<String>> children = new HashMap<>();
    PriorityQueue<Step> ready =
        new PriorityQueue<>(
            Comparator.comparingInt(Step::depth).thenComparing(Step::madeAt));
    tasks.forEach(
        (id, task) -> {
          if (task.source().isEmpty()) {
            ready.add(new Step(id, 0, task.madeAt()));
          } else {
            children.computeIfAbsent(task.source(), source -> new ArrayList<>()).add(id);
          }
        });
    PriorityQueue<End> running = new PriorityQueue<>(Comparator.comparingDouble(End::at));
    double now = 0;
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < slots) {
        Step next = ready.remove();
        running.add(new End(next.task(), next.depth(), now + tasks.get(next.task()).seconds()));
      }
      End end = running.remove();
      now = end.at();
      for (String child : children.getOrDefault(end.task(), List.of())) {
        ready.add(new Step(child, end.depth() + 1, tasks.get(child).madeAt()));
      }
    }
    return now;
  }

  private static void promptness(
      List<Line> lines, Map<String, Task> tasks, double interval, double rate) {
    Map<String, Instant> told = new HashMap<>();
    List<Double> late = new ArrayList<>();
    long polls = 0;
    long after = 0;
    for (Line line : lines) {
      String id = line.path().substring(line.path().lastIndexOf('/') + 1).replace("%3A", ":");
      Task task = tasks.get(id);
      if (!line.method().equals("GET") || task == null) {
        continue;
      }
      polls++;
      if (told.containsKey(id)) {
        after++;
      } else if (!line.at().isBefore(task.endsAt())) {
        told.put(id, line.at());
        double seconds = Duration.between(task.endsAt(), line.at()).toNanos() / 1e9;
        // Where the poll rate is short, every open task has to wait for its turn.
        long open =
            tasks.entrySet().stream()
                .filter(
                    other ->
                        !other.getValue().madeAt().isAfter(task.endsAt())
                            && !(told.containsKey(other.getKey())
                                && told.get(other.getKey()).isBefore(task.endsAt())))
                .count();
        late.add(seconds / Math.max(interval, open / rate));
      }
    }
    Collections.sort(late);
    System.out.printf(
        Locale.ROOT,
        "polls %.1f a task, %d after the end was told; known late by %.2f T (half), %.2f T (95 of"
            + " 100); at most 0.6 and 1.1 is good%n",
        (double) polls / Math.max(1, tasks.size()),
        after,
        late.get(late.size() / 2),
        late.get(late.size() * 95 / 100));
  }

  private static void read(Path log, List<Line> lines, Map<String, Task> tasks)
      throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(log)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Line line =
            new Line(
                Instant.parse(field(text, "at")),
                field(text, "method"),
                field(text, "path"),
                Integer.parseInt(field(text, "status")),
                field(text, "task"),
                field(text, "note"));
        lines.add(line);
        int made = text.lastIndexOf("\"made\":{");
        if (made >= 0) {
          String of = text.substring(made);
          Instant madeAt = Instant.parse(field(of, "madeAt"));
          long millis = Long.parseLong(field(of, "durationMillis"));
          tasks.put(
              line.task(),
              new Task(
                  madeAt,
                  madeAt.plusMillis(millis),
                  field(of, "source"),
                  field(of, "ending").equals("COMPLETED")));
        }
      }
    }
    lines.sort((a, b) -> a.at().compareTo(b.at()));
  }

  private static String field(String line, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)\"?").matcher(line);
    return found.find() ? found.group(1) : "";
  }
}
