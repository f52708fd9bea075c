package io.reelbatch.submit;

import io.reelbatch.gateway.ApiKey;
import io.reelbatch.gateway.GatewaySettings;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Activation;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.OpenTask;
import io.reelbatch.ledger.Recovery;
import io.reelbatch.ledger.RescueFile;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.Staging;
import io.reelbatch.ledger.TaskFacts;
import io.reelbatch.ledger.TestLedger;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.ContentHash;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.Terms;
import io.reelbatch.model.WrittenOrder;
import io.reelbatch.pacing.HandTime;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The world of a test: one batch in a ledger on disk, a provider that keeps a log of what reaches
 * it, and both kinds of time, moved by hand.
 */
public final class World implements AutoCloseable {

  /** How long the provider works on a task. */
  public static final Duration TASK_TIME = Duration.ofSeconds(100);

  private static final Duration PATIENCE_OF_A_TEST = Duration.ofSeconds(10);

  public final HandTime time = new HandTime();
  public final WallClock clock = new WallClock();
  public final Pulse pulse = new Pulse();
  public final ExecutorService threads = Executors.newCachedThreadPool(World::daemon);
  public final VideoGateway gateway;
  private final Path home;
  private final TestLedger under;
  private final JdbcTemplate jdbc;
  private final LedgerDatabase database;
  private final BatchRecord batch;
  private final SimulatorSettings settings;
  private Simulator provider;
  private Ledger ledger;
  private volatile Runnable onArrival = () -> {};
  private volatile Runnable onCommit = () -> {};

  public World(Path home) {
    this(home, SimulatorSettings.defaults());
  }

  public World(Path home, SimulatorSettings settings) {
    this(home, settings, Duration.ofSeconds(15));
  }

  World(Path home, SimulatorSettings settings, Duration answerTimeout) {
    this.home = home;
    this.settings =
        settings.withTaskTime(TASK_TIME).withTaskTimeSpread(0).withClock(new ProvidersClock());
    this.provider = Simulator.start(this.settings);
    this.gateway =
        new VideoGateway(
            new GatewaySettings(
                provider.baseUrl(),
                new ApiKey("sk-simulator"),
                Duration.ofSeconds(5),
                answerTimeout,
                64,
                GatewaySettings.DEFAULT_QUERY_PATH,
                GatewaySettings.DEFAULT_QUERY_PATH), // no second address: one poll, one request
            clock);
    this.under = TestLedger.of(home);
    this.jdbc = new JdbcTemplate(under.source());
    this.database = new LedgerDatabase(under.source(), LedgerDatabase.DiskSync.ON);
    this.batch =
        new Batches(database, clock)
            .open(new BatchName("test"), provider.baseUrl().toString(), AccountName.DEFAULT);
    this.ledger = openLedger();
  }

  // A step that a broken program never ends must not keep the tests from ending.
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "world");
    thread.setDaemon(true);
    return thread;
  }

  private Ledger openLedger() {
    return new Ledger(
        database,
        clock,
        batch,
        1,
        Terms.NONE,
        rescue(),
        () -> {
          onCommit.run();
          pulse.beat();
        });
  }

  private RescueFile rescue() {
    return new RescueFile(home.resolve("rescue"));
  }

  public Ledger ledger() {
    return ledger;
  }

  public Simulator provider() {
    return provider;
  }

  /** The process dies and is started again: what was being sent is in doubt. */
  void restart() {
    ledger.close();
    new Recovery(database, rescue()).recover(batch);
    ledger = openLedger();
  }

  /** Nobody listens at the provider's address any more. */
  void takeProviderAway() {
    provider.close();
  }

  /** The provider is there again, at the same address; it has forgotten everything. */
  void bringProviderBack() {
    provider = Simulator.start(settings.withPort(provider.baseUrl().getPort()));
  }

  /** Both kinds of time pass, and whoever waits looks at the clock. */
  public void pass(Duration duration) {
    time.pass(duration);
    clock.pass(duration);
    pulse.beat();
  }

  /** Runs on the provider's thread when a request has come in, before anything is made of it. */
  public void whenARequestArrives(Runnable hook) {
    onArrival = hook;
  }

  /** Runs on the ledger's thread after each commit, before whoever waits for it goes on. */
  void whenTheLedgerHasCommitted(Runnable hook) {
    onCommit = hook;
  }

  /** From now on the provider keeps requests waiting until {@link Held#release} is called. */
  public Held holdRequests() {
    Held held = new Held();
    whenARequestArrives(held::arrive);
    return held;
  }

  /** Requests that have arrived and are not answered yet. */
  public static final class Held {

    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int arrived;

    private void arrive() {
      synchronized (this) {
        arrived++;
      }
      awaitQuietly(released);
    }

    public int arrived() {
      return arrived;
    }

    public void release() {
      released.countDown();
    }
  }

  /** Plans rows with these prompts; each is known by its prompt. */
  public void plan(String... prompts) {
    plan(Stream.of(prompts).map(World::create).toArray(WrittenOrder[]::new));
  }

  /** Plans rows {@code 1} to {@code n}. */
  public void planMany(int n) {
    plan(IntStream.rangeClosed(1, n).mapToObj(String::valueOf).toArray(String[]::new));
  }

  public void plan(WrittenOrder... orders) {
    Staging staging = new Staging(database, clock, batch);
    var input = staging.begin("digest", "admission", "test.csv", List.of("id", "prompt"));
    List<InputLine> lines = new ArrayList<>();
    for (WrittenOrder order : orders) {
      lines.add(new InputLine(lines.size() + 2, List.of(), order, List.of()));
    }
    staging.add(input, lines);
    List<?> errors =
        new StagedCheck(
                database,
                batch,
                new io.reelbatch.model.Catalogue(List.of()),
                java.time.LocalDate.EPOCH)
            .errors(input);
    if (!errors.isEmpty()) {
      throw new AssertionError(errors);
    }
    new Activation(database, clock, batch).activate(input);
    ledger.recount();
  }

  /** A row that asks for a new video; its prompt is also its id. */
  public static WrittenOrder create(String prompt) {
    return order(Operation.CREATE, "sora-2", prompt, null);
  }

  /** A row that starts from another row's video; its prompt is also its id. */
  public static WrittenOrder remix(String prompt, String source) {
    return order(Operation.REMIX, null, prompt, new SourceRef.OfRow(source));
  }

  private static WrittenOrder order(
      Operation operation, @Nullable String model, String prompt, @Nullable SourceRef source) {
    Order order = new Order(operation, model, prompt, Map.of());
    ContentHash content = ContentHash.of(new TreeMap<>(Map.of("prompt", prompt)));
    return new WrittenOrder(prompt, content, order, source);
  }

  public RowState state(String key) {
    return RowState.valueOf(
        text("select state from batch_row where row_key = ?", key).orElseThrow());
  }

  /** How the row's newest request ended; empty while nobody knows. */
  public String outcome(String key) {
    return text(
            """
            select outcome from attempt where number =
              (select attempts from batch_row where id = row_id)
            and row_id = (select id from batch_row where row_key = ?)
            """,
            key)
        .orElse("");
  }

  public int attempts(String key) {
    return Integer.parseInt(
        text("select attempts from batch_row where row_key = ?", key).orElseThrow());
  }

  /** What one column of the row's task says. */
  public @Nullable String taskColumn(String key, String column) {
    return text(
            "select cast("
                + column
                + " as varchar) from task where id = (select task from batch_row where row_key = ?)",
            key)
        .orElse(null);
  }

  private java.util.Optional<String> text(String sql, String key) {
    return jdbc.queryForList(sql, String.class, key).stream()
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }

  public void sql(String statement) {
    jdbc.update(statement);
  }

  /**
   * The attempts that the disk would show if the machine stopped now; of a server, those that it
   * has committed.
   */
  List<String> attemptsOnDisk() {
    String url = TestLedger.url(home);
    if (!TestLedger.isOnServer()) {
      try {
        Files.copy(home.resolve("ledger.mv.db"), home.resolve("copy.mv.db"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      url = TestLedger.file(home.resolve("copy"));
    }
    return new JdbcTemplate(new DriverManagerDataSource(url, "sa", ""))
        .queryForList(
            """
            select r.row_key || ' ' || r.state || ' ' || coalesce(a.outcome, 'unanswered')
            from attempt a join batch_row r on r.id = a.row_id order by r.id
            """,
            String.class);
  }

  public List<String> sentPrompts() {
    return provider.sends().stream()
        .map(LoggedRequest::body)
        .map(body -> body.replaceAll(".*\"prompt\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** Plays the poll step: the gateway has shown this row's task as done, or as failed. */
  public void settle(String key, RowEvent event) {
    OpenTask task =
        ledger.openTasks(0, 1_000).tasks().stream()
            .filter(open -> open.key().value().equals(key))
            .findFirst()
            .orElseThrow();
    ledger.record(task, new TaskFacts("done", 100, null, null, 1, null, "{}"), event);
  }

  /** Waits, in real time and not for ever, until something that is on its way has happened. */
  public void await(BooleanSupplier happened) {
    long began = System.nanoTime();
    try {
      while (!happened.getAsBoolean()) {
        if (System.nanoTime() - began > PATIENCE_OF_A_TEST.toNanos()) {
          throw new AssertionError("it never happened");
        }
        pulse.await(pulse.beats(), Duration.ofMillis(2));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives a step every chance to do what it should not: it looks around many times. */
  public void letStepsLookAround() {
    long before = time.looks();
    await(
        () -> {
          pulse.beat();
          return time.looks() > before + 100;
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(PATIENCE_OF_A_TEST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    provider.close();
    gateway.close();
    threads.shutdown();
    ledger.close();
    under.close();
  }

  /** The provider asks for the date once for each request, when it has come in. */
  private final class ProvidersClock extends Clock {

    @Override
    public Instant instant() {
      onArrival.run();
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }
  }
}
