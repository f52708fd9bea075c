package io.reelbatch.worlds;

import io.reelbatch.gateway.PlayedGateway;
import io.reelbatch.job.ShippedModels;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.ledger.Doubts;
import io.reelbatch.model.Caps;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Prices;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Terms;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The story of one seed: a batch, runs of the program in all weathers with a person at work in
 * between, and a calm run at the end. The same seed tells the same story.
 */
final class World {

  private static final Catalogue CATALOGUE = ShippedModels.catalogue();
  private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
  private static final long MOST_STEPS = 300_000;
  private static final Duration LONGEST_RUN = Duration.ofHours(12);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(245);

  private final Machine machine;
  private final boolean tracing;
  private final List<String> story = new ArrayList<>();
  private final RandomGenerator random;
  private final Weather weather;
  private final Input input;
  private final Provider provider;
  private final Judge judge;
  private final long origin;
  private Duration wallOffset = Duration.ZERO;
  private long now;
  private int runs;
  private long steps;
  private long points;
  private long pointsOfTheFirstRun;
  private Optional<Run> current = Optional.empty();

  /** The world of a seed. */
  World(Machine machine, long seed, boolean tracing) {
    this(machine, new SplittableRandom(seed), Optional.empty(), Optional.empty(), tracing);
    tell("seed " + seed + ": " + weather);
  }

  /** A calm world with that input. */
  World(Machine machine, List<Line> lines, boolean tracing) {
    this(
        machine,
        new SplittableRandom(1),
        Optional.of(Weather.calm()),
        Optional.of(new Input(lines)),
        tracing);
  }

  private World(
      Machine machine,
      SplittableRandom root,
      Optional<Weather> weather,
      Optional<Input> input,
      boolean tracing) {
    this.machine = machine;
    this.tracing = tracing;
    this.random = root.split();
    Weather drawn = Weather.drawn(root.split());
    this.weather = weather.orElse(drawn);
    Input written = new Input(drawn.lines(), root.split(), this::tell);
    this.input = input.orElse(written);
    this.origin = random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - 30_000_000_000L;
    this.provider = new Provider(this.weather, root.split(), new Arrivals(), this::tell);
    this.judge = new Judge(machine, this.weather, this.input, provider);
  }

  /** What happened, line by line; empty unless it was to be told. */
  List<String> story() {
    return story;
  }

  /** How many paid requests there were. */
  int posts() {
    return provider.posts().size();
  }

  long steps() {
    return steps;
  }

  int runs() {
    return runs;
  }

  private void tell(String line) {
    if (tracing) {
      Conductor conductor = current.map(run -> run.conductor).orElse(null);
      long at = conductor == null ? now : conductor.now();
      String who = conductor == null ? "" : conductor.current().name;
      story.add(
          String.format(
              "%10.3fs %6d %-8s %s",
              at / 1e9, conductor == null ? 0 : conductor.steps(), who, line));
    }
  }

  /**
   * Plays the world.
   *
   * @throws AssertionError if a promise is broken in it
   */
  void play() {
    machine.clear();
    for (int i = 0; i < weather.storms(); i++) {
      Optional<Program.Ending> ending = play(Storm.drawn(random));
      if (ending.equals(Optional.of(Program.Ending.REJECTED))) {
        input.mend();
      }
      person();
    }
    now += Duration.ofMinutes(10).toNanos(); // what the provider had forgotten, it knows again
    Optional<Program.Ending> last = play(Storm.none());
    if (last.equals(Optional.of(Program.Ending.REJECTED))) {
      input.mend();
      last = play(Storm.none());
    }
    judge.atTheEnd(last);
    if (random.nextInt(3) == 0 && last.equals(Optional.of(Program.Ending.FINISHED))) {
      int before = provider.posts().size();
      last = play(Storm.none());
      judge.atTheEnd(last);
      judge.check(
          provider.posts().size() == before, "a run after a finished run sent something again");
    }
  }

  /**
   * Plays a run with a mishap, then calm ones until nothing is left to do.
   *
   * @return how the first ended; empty if it died
   */
  Optional<Program.Ending> play(Mishap mishap) {
    machine.clear();
    Optional<Program.Ending> first = play(Storm.with(mishap));
    pointsOfTheFirstRun = points;
    playToTheEnd();
    return first;
  }

  /** Two calm runs: the first ends the batch, the second finds nothing to pay for. */
  void playToTheEnd() {
    judge.atTheEnd(play(Storm.none()));
    int before = provider.posts().size();
    judge.atTheEnd(play(Storm.none()));
    judge.check(
        provider.posts().size() == before, "a run after a finished run sent something again");
  }

  /** Plays one run that cannot end well: something is in the way of its files. */
  Optional<Program.Ending> playInTheWay() {
    return play(Storm.inTheWay());
  }

  /** How many points it came by. */
  long pointsOfTheFirstRun() {
    return pointsOfTheFirstRun;
  }

  private Optional<Program.Ending> play(Storm storm) {
    runs++;
    tell("---- run " + runs + " " + storm + " " + input.lines());
    machine.folder.writeInput(input.given());
    judge.beforeRun();
    Run run = new Run(storm);
    current = Optional.of(run);
    try {
      run.play();
    } finally {
      current = Optional.empty();
      machine.shaky.between((point, sql) -> {});
    }
    now = run.conductor.now();
    steps += run.conductor.steps();
    points = run.points;
    judge.failIfBroken();
    run.judge();
    if (run.program.hasLoaded()) {
      input.admitted();
    }
    return run.program.ending();
  }

  /** Between two runs: what is in doubt is settled or not, the file is edited or not. */
  private void person() {
    if (random.nextBoolean()) { // else it is started again at once
      now += Duration.ofSeconds(random.nextInt(3600)).toNanos();
    }
    if (random.nextInt(3) != 0) {
      settleDoubts();
    }
    while (random.nextInt(2) == 0) {
      input.edit();
    }
  }

  private void settleDoubts() {
    Optional<BatchRecord> batch = new Batches(machine.calmDatabase, wall()).find(Program.BATCH);
    if (batch.isEmpty()) {
      return;
    }
    Doubts doubts = new Doubts(machine.calmDatabase, wall(), batch.get());
    for (Doubt doubt : doubts.list()) {
      Optional<Task> task = judge.unknownTask(doubt.prompt(), now);
      switch (random.nextInt(5)) {
        case 0 -> {
          tell("the person resubmits " + doubt.row());
          doubts.resubmit(List.of(doubt.row()), "world");
          judge.resubmitted(doubt.prompt());
        }
        case 1 -> {
          tell("the person writes off " + doubt.row());
          doubts.writeOff(List.of(doubt.row()), "world");
        }
        case 2, 3 -> {
          if (task.isPresent()) {
            tell("the person adopts " + task.get().id + " for " + doubt.row());
            doubts.adopt(doubt.row(), new TaskId(task.get().id), "world");
            judge.adopted(task.get());
          }
        }
        default -> tell("the person leaves " + doubt.row() + " in doubt");
      }
    }
  }

  private InstantSource wall() {
    return () -> START.plus(wallOffset).plusNanos(clock());
  }

  private long clock() {
    return current.map(run -> run.conductor.now()).orElse(now);
  }

  /** One process. */
  private final class Run {

    private final Storm storm;
    private final Conductor conductor;
    private final Program program;
    private final IdentityHashMap<Conductor.Player, Post> sent = new IdentityHashMap<>();
    private final RandomGenerator faults = ((SplittableRandom) random).split();
    private final long startedAt = now;
    private final int tasksBefore = provider.tasks().size();
    private final Optional<Long> limit;
    private Optional<Map<Path, byte[]>> filesAtDeath = Optional.empty();
    private Optional<Long> signalledAt = Optional.empty();
    private int postsAtSignal;
    private long points;
    private long databasePoints;
    private long commits;
    private int faultsInARow;
    private boolean ledgerFailed;

    Run(Storm storm) {
      this.storm = storm;
      this.limit =
          storm.isRough() && random.nextInt(3) == 0
              ? Optional.of(1L + random.nextInt(weather.lines()))
              : Optional.empty();
      this.conductor =
          new Conductor(
              machine.threads,
              ((SplittableRandom) random).split(),
              weather.stickiness(),
              now,
              MOST_STEPS,
              this::atStep);
      Program.Surroundings here =
          new Program.Surroundings(
              machine.database,
              PlayedGateway.of(provider, wall(), weather.secondAddress()),
              CATALOGUE,
              wall(),
              () -> origin + clock(),
              conductor,
              machine.folder.home,
              machine.folder.input,
              machine.folder.out);
      this.program =
          new Program(
              here,
              weather,
              terms(),
              storm.deadline(),
              random.nextLong(),
              requests(),
              World.this::tell);
    }

    void play() {
      provider.begins(conductor, runs, storm.isCalm());
      machine.shaky.between(this::atDatabase);
      conductor.play("main", program::run);
      filesAtDeath.ifPresent(machine.folder::restore);
    }

    private Terms terms() {
      return limit.isPresent()
          ? new Terms(
              Prices.UNKNOWN, new Caps(null, null, null, limit.get()), Terms.FailedTasks.CHARGED)
          : Terms.NONE;
    }

    private Executor requests() {
      return command -> {
        if (!storm.isCalm() && faults.nextDouble() < storm.threadFaults()) {
          ledgerFailed = true;
          tell("no thread for a request");
          throw new InternalError("no thread can be made");
        }
        var unused =
            conductor.spawn(
                "request",
                () -> {
                  command.run();
                  Post post = sent.get(conductor.current());
                  if (post != null && !conductor.isDead()) {
                    post.dealtWith = true;
                  }
                });
      };
    }

    private void atStep(long step) {
      if (step == storm.killStep()) {
        kill("at a step");
      }
      if (step == storm.signalStep()) {
        tell("SIGTERM");
        signalledAt = Optional.of(conductor.now());
        postsAtSignal = provider.posts().size();
        program.signal();
      }
      if (step == storm.keyStep()) {
        tell("the key dies");
        provider.keyDies();
      }
      if (step == storm.brokeStep()) {
        tell("the balance is used up");
        provider.balanceIsUsedUp();
      }
      if (step == storm.clockStep()) {
        tell("the clock is set back an hour");
        wallOffset = wallOffset.minus(Duration.ofHours(1));
      }
    }

    /** Counts a point; at that of the mishap it happens. */
    private boolean failsAtThisPoint(String what, ShakyDatabase.Point point) {
      if (storm.mishap().isEmpty() || !storm.mishap().get().manner().counts(point)) {
        return false;
      }
      points++;
      Mishap mishap = storm.mishap().get();
      boolean forGood = mishap.manner() == Mishap.Manner.THE_DISK_IS_FULL;
      if (points < mishap.at() || (points > mishap.at() && !forGood)) {
        return false;
      }
      if (mishap.manner() == Mishap.Manner.THE_PROCESS_DIES) {
        kill("at point " + points + ", " + what);
        throw new ProcessDied();
      }
      tell("fails at point " + points + ", " + what);
      ledgerFailed = true;
      return true;
    }

    private void kill(String where) {
      tell("KILLED " + where);
      filesAtDeath = Optional.of(machine.folder.snapshot());
      conductor.kill();
    }

    private void atDatabase(ShakyDatabase.Point point, String sql) throws SQLException {
      if (conductor.isDead()) {
        throw new ProcessDied();
      }
      databasePoints++;
      if (failsAtThisPoint(point + " " + sql.strip().lines().findFirst().orElse(""), point)) {
        throw new SQLException("it fails");
      }
      if (databasePoints == storm.killDatabase()) {
        kill("in the database, at " + point + " " + sql.strip().lines().findFirst().orElse(""));
        throw new ProcessDied();
      }
      if (point == ShakyDatabase.Point.CONNECT
          && conductor.isMyTurn()
          && conductor.current().name.equals("submit")) {
        conductor.giveWay();
      }
      if (point == ShakyDatabase.Point.COMMIT) {
        commits++;
        if (commits >= storm.fullFromCommit()) {
          ledgerFailed = true;
          tell("the disk is full");
          throw new SQLException("disk full");
        }
      }
      boolean mayFail = storm.isRough() && point != ShakyDatabase.Point.STATEMENT;
      if (mayFail && faultsInARow < 2 && faults.nextDouble() < weather.commitFaults()) {
        faultsInARow++;
        ledgerFailed = ledgerFailed || conductor.isMyTurn();
        tell("the database fails for a moment: " + point);
        throw new SQLException("for a moment: " + point);
      }
      if (point == ShakyDatabase.Point.COMMITTED || point == ShakyDatabase.Point.SYNC) {
        faultsInARow = 0;
      }
    }

    void judge() {
      limit.ifPresent(
          most ->
              judge.check(
                  provider.tasks().size() <= Math.max(most, tasksBefore),
                  "more was paid for than the limit of " + most));
      if (program.ending().isEmpty()) {
        judge.check(conductor.isDead(), "the run ended in no way");
        return;
      }
      judge.check(
          conductor.now() - startedAt < LONGEST_RUN.toNanos(), "the run did not end in 12 hours");
      signalledAt.ifPresent(
          at -> {
            judge.check(
                conductor.now() - at <= LONGEST_STOP.toNanos(), "the run went on after SIGTERM");
            judge.check(
                provider.posts().size() - postsAtSignal <= weather.inFlight(),
                "new requests after SIGTERM");
          });
      judge.afterRun(program.ending().get(), ledgerFailed);
      if (storm.isCalm() && storm.mishap().isEmpty()) {
        judge.check(
            (program.ending().get() == Program.Ending.ERROR) == storm.breaks(),
            "a calm run ended as " + program.ending() + ": " + program.failure());
      }
    }
  }

  /** What the provider sees goes to the judge, who ends the run when a promise is broken. */
  private final class Arrivals implements Provider.Arrivals {

    @Override
    public void paid(Post post, Optional<String> source) {
      Run run = current.orElseThrow();
      judge.paid(post, source, run.conductor.now());
      endIfBroken(run);
    }

    @Override
    public void asked(String id) {
      Run run = current.orElseThrow();
      judge.asked(id);
      endIfBroken(run);
    }

    @Override
    public void sentBy(Conductor.Player player, Post post) {
      current.orElseThrow().sent.put(player, post);
    }

    @Override
    public boolean failsAt(Mishap.Moment moment) {
      Run run = current.orElseThrow();
      boolean fails = run.failsAtThisPoint(moment.toString(), ShakyDatabase.Point.ELSEWHERE);
      if (fails && moment == Mishap.Moment.AFTER_THE_ANSWER) {
        run.sent.remove(run.conductor.current()); // nobody will have dealt with it
      }
      return fails;
    }

    private void endIfBroken(Run run) {
      if (judge.hasFound()) {
        run.conductor.kill();
        throw new ProcessDied();
      }
    }
  }
}
