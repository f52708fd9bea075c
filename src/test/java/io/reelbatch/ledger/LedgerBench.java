package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.RowEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * How long the ledger takes for large files, and how large it becomes. Run by hand: lines, rows to
 * send, and a heap, for instance {@code -Xmx256m}.
 */
final class LedgerBench {

  private static final int PAGE = 1000;
  private static final int WINDOW = 8;

  private final Path home;
  private final LedgerDatabase database;
  private final BatchRecord batch;
  private final InstantSource clock = InstantSource.system();
  private long mark = System.nanoTime();

  private LedgerBench(Path home, LedgerDatabase database, BatchRecord batch) {
    this.home = home;
    this.database = database;
    this.batch = batch;
  }

  /** Lines, rows to send; {@code chains} as third lets in storyboards of four rows, and no more. */
  public static void main(String[] arguments) throws IOException {
    int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int sends = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    Path home = Files.createTempDirectory("ledger-bench");
    EmptyLedger.into(home);
    JdbcConnectionPool pool = JdbcConnectionPool.create(LedgerWorld.url(home), "sa", "");
    LedgerDatabase database = new LedgerDatabase(pool, LedgerDatabase.DiskSync.ON);
    BatchRecord batch =
        new Batches(database, InstantSource.system())
            .open(new BatchName("big"), "https://x", AccountName.DEFAULT);
    LedgerBench bench = new LedgerBench(home, database, batch);
    if (arguments.length > 2 && arguments[2].equals("chains")) {
      bench.load(lines, LedgerBench::storyboards, "chains of 4");
    } else {
      bench.run(lines, sends);
    }
    pool.dispose();
    bench.say("closed");
  }

  private void run(int lines, int sends) {
    Thread tidying =
        new Thread(
            () -> {
              while (true) {
                try {
                  Thread.sleep(1000);
                } catch (InterruptedException e) {
                  return;
                }
                database.tidy();
              }
            });
    tidying.start();
    play(lines, sends);
    tidying.interrupt();
  }

  private void play(int lines, int sends) {
    List<InputLine> file = file(lines);
    say("made the lines");
    load(file.size(), file::subList, "first load");
    RescueFile rescue = new RescueFile(home.resolve("rescue.jsonl"));
    try (Ledger ledger =
        new Ledger(database, clock, batch, 1, io.reelbatch.model.Terms.NONE, rescue, () -> {})) {
      send(ledger, sends);
      say("sent " + sends);
      OpenTasks found = ledger.openTasks(0, PAGE);
      while (found.isMore()) {
        for (OpenTask task : found.tasks()) {
          ledger.record(task, LedgerWorld.facts("done"), RowEvent.SUCCEEDED);
        }
        found = ledger.openTasks(found.upTo(), PAGE);
      }
      say("polled them");
    }
    new Recovery(database, rescue).recover(batch);
    say("recovered");
    report();
    say("read the report");
    List<InputLine> other = shuffled(file);
    load(other.size(), other::subList, "second load, other order");
    Batches batches = new Batches(database, clock);
    System.out.println(batches.counts(batch));
  }

  /** A file's lines from one to before another, counted from 0. */
  private interface Lines {
    List<InputLine> between(int from, int to);
  }

  private void load(int count, Lines file, String what) {
    Staging staging = new Staging(database, clock, batch);
    var input = staging.begin("d" + what, "a", "f", List.of("id", "prompt"));
    for (int i = 0; i < count; i += PAGE) {
      staging.add(input, file.between(i, Math.min(count, i + PAGE)));
    }
    say(what + ": staged");
    List<?> errors =
        new StagedCheck(database, batch, LedgerWorld.CATALOGUE, java.time.LocalDate.EPOCH)
            .errors(input);
    say(what + ": checked, " + errors.size() + " errors");
    new Activation(database, clock, batch).activate(input);
    say(what + ": activated");
  }

  private static void send(Ledger ledger, int sends) {
    for (int sent = 0; sent < sends; sent += WINDOW) {
      List<PlannedRow> rows = ledger.planned(WINDOW);
      if (rows.isEmpty()) {
        return;
      }
      for (Attempt attempt : ledger.intend(rows)) {
        ledger.record(attempt, LedgerWorld.accepted("task_" + attempt.row()));
      }
    }
  }

  private void report() {
    InputLines lines =
        new InputLines(database, new Batches(database, clock).activeInput(batch).orElseThrow());
    List<ReportLine> page = lines.after(0, PAGE);
    while (!page.isEmpty()) {
      page = lines.after(page.get(page.size() - 1).position(), PAGE);
    }
  }

  /** Half without ids, some twice, every tenth starts from the one before. */
  private static List<InputLine> file(int lines) {
    Csv csv = Csv.of();
    String prompt = " of a long prompt, with light and a camera that moves slowly".repeat(4);
    for (int i = 0; i < lines; i++) {
      if (i % 10 == 9) {
        csv.extend("id-" + i, "id-" + (i - 1));
      } else {
        csv.create(i % 2 == 0 ? "id-" + i : null, (i % 7 == 0 ? "same" : "content " + i) + prompt);
      }
    }
    return csv.lines();
  }

  /**
   * Create, extend, extend, remix: made a page at a time, so that the heap holds the ledger's own.
   */
  private static List<InputLine> storyboards(int from, int to) {
    Csv csv = Csv.of();
    String prompt = " of a long prompt, with light and a camera that moves slowly".repeat(4);
    for (int i = from; i < to; i++) {
      String before = "shot-" + (i - 1);
      switch (i % 4) {
        case 0 -> csv.create("shot-" + i, "content " + i + prompt);
        case 3 -> csv.remix("shot-" + i, before, "content " + i + prompt);
        default -> csv.extend("shot-" + i, before);
      }
    }
    return numbered(csv.lines(), from);
  }

  private static List<InputLine> shuffled(List<InputLine> file) {
    List<InputLine> lines = new ArrayList<>(file);
    java.util.Collections.shuffle(lines, new Random(1));
    return numbered(lines, 0);
  }

  private static List<InputLine> numbered(List<InputLine> lines, int before) {
    List<InputLine> numbered = new ArrayList<>();
    for (InputLine line : lines) {
      numbered.add(
          new InputLine(before + numbered.size() + 2L, line.cells(), line.order(), line.errors()));
    }
    return numbered;
  }

  @SuppressWarnings("SystemOut") // a program for a person
  private void say(String what) {
    long now = System.nanoTime();
    System.out.printf(
        "%7.1f s  %7.1f s CPU in all  %5d MB file  %4d MB heap  %s%n",
        (now - mark) / 1e9,
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3,
        home.resolve("ledger.mv.db").toFile().length() >> 20,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
        what);
    mark = System.nanoTime();
  }
}
