package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Terms;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A home with one batch, on a real file. Closing and opening it again is a new process. */
final class LedgerWorld implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  static final Evidence ANSWER = new Evidence(200, "req-1", "{}");

  /** Knows no model. */
  static final Catalogue CATALOGUE = new Catalogue(List.of());

  private static final int PAGE = 3;

  final Path home;
  final Faults faults;
  final LedgerDatabase database;
  final RescueFile rescue;
  final Batches batches;
  final BatchRecord batch;
  final AtomicInteger changes = new AtomicInteger();
  private final TestLedger under;
  private Terms terms = Terms.NONE;
  private Catalogue catalogue = CATALOGUE;
  Ledger ledger;

  private LedgerWorld(Path home, String name) {
    this.home = home;
    this.under = TestLedger.of(home);
    this.faults = new Faults(under.source());
    this.database = new LedgerDatabase(faults, LedgerDatabase.DiskSync.ON);
    this.rescue = new RescueFile(home.resolve("rescue.jsonl"));
    this.batches = new Batches(database, InstantSource.fixed(NOW));
    this.batch = batches.open(new BatchName(name), "https://gateway.test", new AccountName("main"));
    this.ledger = openLedger();
  }

  static LedgerWorld open(Path home) {
    return new LedgerWorld(home, "shots");
  }

  static String url(Path home) {
    return TestLedger.url(home);
  }

  Ledger openLedger() {
    return new Ledger(
        database, InstantSource.fixed(NOW), batch, 1, terms, rescue, changes::incrementAndGet);
  }

  /** From now on these prices and caps hold. */
  LedgerWorld under(Terms newTerms) {
    ledger.close();
    terms = newTerms;
    ledger = openLedger();
    return this;
  }

  /** From now on these models are known. */
  void knowing(Catalogue models) {
    catalogue = models;
  }

  /** The same person's word as from the command line. */
  Doubts doubts() {
    return new Doubts(database, InstantSource.fixed(NOW), batch);
  }

  /** Another batch in the same home. */
  LedgerWorld beside(String name) {
    return new LedgerWorld(home, name);
  }

  /** The next process: what was only in memory is gone. */
  LedgerWorld reopened() {
    close();
    return open(home);
  }

  JdbcTemplate sql() {
    return new JdbcTemplate(under.source());
  }

  int recover() {
    int doubts = new Recovery(database, rescue).recover(batch);
    ledger.recount();
    return doubts;
  }

  /** Stages an input, in pages, without letting it in. */
  StagedInput stage(Csv csv) {
    Staging staging = new Staging(database, InstantSource.fixed(NOW), batch);
    StagedInput input = staging.begin("digest", "admission", "shots.csv", List.of("id", "prompt"));
    List<InputLine> lines = csv.lines();
    int page = Math.max(PAGE, lines.size() / 10);
    for (int i = 0; i < lines.size(); i += page) {
      staging.add(input, lines.subList(i, Math.min(lines.size(), i + page)));
    }
    return input;
  }

  List<LineError> errors(StagedInput input) {
    return new StagedCheck(database, batch, catalogue, java.time.LocalDate.EPOCH).errors(input);
  }

  void activate(StagedInput input) {
    new Activation(database, InstantSource.fixed(NOW), batch).activate(input);
    ledger.recount();
  }

  /** Loads as the job does: all, or nothing. */
  List<LineError> load(Csv csv) {
    StagedInput input = stage(csv);
    List<LineError> errors = errors(input);
    if (errors.isEmpty()) {
      activate(input);
    }
    return errors;
  }

  /** Loads as the job does with {@code --skip-invalid}. */
  int loadWithoutInvalid(Csv csv) {
    StagedInput input = stage(csv);
    Staging staging = new Staging(database, InstantSource.fixed(NOW), batch);
    int rounds = 0;
    for (List<LineError> found = errors(input); !found.isEmpty(); found = errors(input)) {
      staging.passOver(input, found);
      rounds++;
    }
    activate(input);
    return rounds;
  }

  /** Commits the intent for the first row that may go. */
  Attempt send() {
    return ledger.intend(ledger.planned(1)).get(0);
  }

  Attempt send(String key) {
    return ledger.intend(List.of(planned(key))).get(0);
  }

  PlannedRow planned(String key) {
    return ledger.planned(1000).stream()
        .filter(row -> row.key().value().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " may not be sent: " + states()));
  }

  /** Sends a row and stores the id that came back. */
  Attempt accept(String key, String task) {
    Attempt attempt = send(key);
    ledger.record(attempt, accepted(task));
    return attempt;
  }

  void succeed(String key) {
    hear(key, RowEvent.SUCCEEDED);
  }

  void fail(String key) {
    hear(key, RowEvent.FAILED);
  }

  void hear(String key, RowEvent event) {
    ledger.record(openTask(key), facts(event.name().toLowerCase(java.util.Locale.ROOT)), event);
  }

  Rounds rounds() {
    return new Rounds(database, InstantSource.fixed(NOW), batch);
  }

  /** Opens a round of what failed or was refused and had fewer retries than that. */
  Reordered retry(int retries) {
    Reordered reordered = rounds().open(new Reorder(retries, null));
    ledger.recount();
    return reordered;
  }

  long again(String... keys) {
    long released =
        rounds().again(java.util.stream.Stream.of(keys).map(RowKey::new).toList(), "a tester");
    ledger.recount();
    return released;
  }

  LostTasks lostTasks(Instant now) {
    return new LostTasks(database, InstantSource.fixed(now), batch, java.time.Duration.ofDays(7));
  }

  OpenTask openTask(String key) {
    return ledger.openTasks(0, 1000).tasks().stream()
        .filter(task -> task.key().value().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " has no open task: " + states()));
  }

  static TaskFacts facts(String status) {
    return new TaskFacts(
        status, 100, null, Reason.of(status + "_code", "it " + status), 1, null, "{}");
  }

  static SendOutcome accepted(String task) {
    return new SendOutcome.Accepted(new TaskId(task), ANSWER);
  }

  static SendOutcome refused() {
    return new SendOutcome.Refused(
        Reason.of("moderation", "not this"), io.reelbatch.model.Blame.PROMPT, ANSWER);
  }

  static SendOutcome doubt() {
    return new SendOutcome.InDoubt(Reason.of("timeout", "no answer"), Evidence.NONE);
  }

  static SendOutcome deferred() {
    return new SendOutcome.Deferred(
        Reason.of("busy", "later"), null, SendOutcome.Reach.EVERYBODY, ANSWER);
  }

  /** A person, or another program, moves a row behind the ledger's back. */
  void force(String key, RowState state) {
    sql()
        .update(
            "update batch_row set state = ?, version = version + 1 where row_key = ?",
            state.name(),
            key);
    ledger.recount();
  }

  RowState state(String key) {
    return RowState.valueOf(
        String.valueOf(one("select state from batch_row where row_key = ?", key)));
  }

  /** Every row of the batch and where it stands. */
  Map<String, RowState> states() {
    Map<String, RowState> states = new TreeMap<>();
    sql()
        .query(
            "select row_key, state from batch_row where batch_id = ?",
            row -> {
              states.put(row.getString("row_key"), RowState.valueOf(row.getString("state")));
            },
            batch.id());
    return states;
  }

  long rows(RowState state) {
    return states().values().stream().filter(state::equals).count();
  }

  /** All paid ids of a row, in the order in which they came. */
  List<String> tasks(String key) {
    return sql()
        .queryForList(
            """
            select t.task_id from task t join batch_row r on r.id = t.row_id
            where r.row_key = ? order by t.id
            """,
            String.class,
            key);
  }

  long tasksInAll() {
    return Long.parseLong(String.valueOf(one("select count(*) from task")));
  }

  /** The id that the row is about. */
  @Nullable String task(String key) {
    return one(
        "select t.task_id from batch_row r join task t on t.id = r.task where r.row_key = ?", key);
  }

  @Nullable String one(String query, Object... values) {
    return sql().queryForList(query, String.class, values).stream().findFirst().orElse(null);
  }

  List<ReportLine> report() {
    return new InputLines(database, batches.activeInput(batch).orElseThrow()).after(0, 10_000);
  }

  ReportLine report(String key) {
    return report().stream()
        .filter(line -> line.row() != null && line.row().value().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is not in the report"));
  }

  /** Why a line did not succeed. */
  Reason error(String key) {
    Reason error = report(key).error();
    if (error == null) {
      throw new AssertionError(key + " has no error");
    }
    return error;
  }

  @Override
  public void close() {
    ledger.close();
    under.close();
  }
}
