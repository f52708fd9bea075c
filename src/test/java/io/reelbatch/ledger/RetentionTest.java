package io.reelbatch.ledger;

import static io.reelbatch.ledger.LedgerWorld.NOW;
import static io.reelbatch.ledger.LedgerWorld.doubt;
import static io.reelbatch.ledger.LedgerWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is old is forgotten; what was paid never is. */
class RetentionTest {

  private static final Duration AGE = Duration.ofDays(90);
  private static final Instant LATER = NOW.plus(Duration.ofDays(100));

  private static final Csv FILE =
      Csv.of()
          .create("made", "a red kite")
          .create("failed", "a fish on the moon")
          .create("refused", "something rude")
          .create("lost", "a lost thing")
          .create(null, "without an id")
          .extend("next", "made")
          .remix("never", "failed");

  LedgerWorld world;

  @BeforeEach
  void open(@TempDir Path home) {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** All rows have their end. */
  private void played() {
    world.load(FILE);
    world.accept("made", "task-1");
    world.succeed("made");
    world.accept("failed", "task-2");
    world.fail("failed");
    world.ledger.record(world.send("refused"), refused());
    world.accept("lost", "task-3");
    world.hear("lost", RowEvent.LOST);
    String unnamed = unnamed();
    world.accept(unnamed, "task-4");
    world.succeed(unnamed);
    world.accept("next", "task-5");
    world.succeed("next");
  }

  private String unnamed() {
    return world.states().keySet().stream()
        .filter(key -> key.startsWith("~"))
        .findFirst()
        .orElseThrow();
  }

  private Retention at(Instant now) {
    return new Retention(
        world.database, InstantSource.fixed(now), now.minus(AGE), Duration.ofDays(7));
  }

  private Forgotten prune() {
    return at(LATER).forget(world.batch);
  }

  private long wordsLeft() {
    return Long.parseLong(
        String.valueOf(
            world.one(
                """
                select (select count(*) from batch_row where order_json like '%"prompt":%')
                     + (select count(*) from input_line) + (select count(*) from input)
                     + (select count(*) from attempt where raw is not null)
                     + (select count(*) from task where raw is not null or link is not null)
                     + (select count(*) from staged_order)
                """)));
  }

  private List<Map<String, Object>> paid() {
    return world
        .sql()
        .queryForList(
            """
            select r.id, r.row_key, r.external_id, r.content, r.kind, r.state, r.version, r.attempts,
                   r.source_row, a.number, a.outcome, a.amount, a.charged, a.currency,
                   a.intended_at, t.task_id, t.error_message
            from batch_row r
            left join attempt a on a.row_id = r.id
            left join task t on t.row_id = r.id
            order by r.id
            """);
  }

  @Test
  void whatABatchAskedForIsForgottenAndWhatWasPaidIsNot() {
    played();
    List<Map<String, Object>> before = paid();

    Forgotten forgotten = prune();

    assertThat(forgotten.orders()).isEqualTo(7);
    assertThat(forgotten.lines()).isEqualTo(7);
    assertThat(forgotten.open()).isZero();
    assertThat(wordsLeft()).isZero();
    assertThat(paid()).isEqualTo(before);
    assertThat(world.batches.attempts()).isEqualTo(6);
  }

  @Test
  void theSameFileFindsAllItsRowsAgain() {
    played();
    Map<String, RowState> before = world.states();
    prune();

    assertThat(world.load(FILE)).isEmpty();

    assertThat(world.states()).isEqualTo(before);
    assertThat(world.ledger.planned(10)).isEmpty();
    assertThat(world.report())
        .hasSize(7)
        .extracting(ReportLine::state)
        .doesNotContain(RowState.PLANNED);
    assertThat(world.error("refused").message()).isEqualTo("not this");
  }

  @Test
  void aFileThatGrewOrdersItsNewLinesAlone() {
    played();
    prune();

    Csv grown = Csv.of(FILE.lines()).create("new", "something new").extend("more", "made");
    assertThat(world.load(grown)).isEmpty();

    assertThat(world.ledger.planned(10))
        .extracting(
            row -> row.key().value(), row -> row.source() == null ? "" : row.source().value())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("new", ""),
            org.assertj.core.groups.Tuple.tuple("more", "task-1"));
  }

  @Test
  void aPaidIdThatNowAsksForSomethingElseIsStillRefused() {
    played();
    prune();

    assertThat(world.load(Csv.of().create("made", "a blue kite")))
        .singleElement()
        .asString()
        .contains("task-1", "already sent and paid for");
  }

  @Test
  void whatIsOrderedOnceMoreAfterwardsAsksForWhatItsFileSays() {
    played();
    prune();
    world.load(FILE);

    world.again("made", "lost");
    world.retry(1);

    assertThat(world.planned("made").order().prompt()).isEqualTo("a red kite");
    assertThat(world.planned("lost").order().prompt()).isEqualTo("a lost thing");
    assertThat(world.planned("failed").order().prompt()).isEqualTo("a fish on the moon");
    assertThat(world.planned("refused").order().prompt()).isEqualTo("something rude");
  }

  @Test
  void untilItsFileIsReadAgainNothingCanBeOrderedOnceMore() {
    played();
    prune();

    assertThatThrownBy(() -> world.again("made")).isInstanceOf(WrongRowException.class);
    assertThat(world.retry(1).isAny()).isFalse();
    assertThat(world.ledger.planned(10)).isEmpty();
  }

  @Test
  void aRowWhoseOrderIsForgottenIsNeverSent() {
    played();
    prune();
    world.force("made", RowState.PLANNED);

    assertThatThrownBy(() -> world.send("made"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("was forgotten; it was not sent");
    assertThat(world.batches.attempts()).isEqualTo(6);
  }

  @Test
  void rowsThatAreNotSettledKeepWhatTheirBatchAsksFor() {
    played();
    world.load(Csv.of(FILE.lines()).create("open", "still to be settled"));

    for (Runnable step :
        List.<Runnable>of(
            () -> {}, // planned
            () -> world.ledger.record(world.send("open"), doubt()))) {
      step.run();

      Forgotten forgotten = prune();

      assertThat(forgotten.open()).isEqualTo(1);
      assertThat(forgotten.orders()).isZero();
      assertThat(world.report()).hasSize(8);
    }
    world
        .doubts()
        .adopt(
            new io.reelbatch.model.RowKey("open"), new io.reelbatch.model.TaskId("task-9"), "me");

    assertThat(prune().open()).isEqualTo(1); // at the gateway
    world.ledger.recount();
    world.succeed("open");
    assertThat(prune().orders()).isEqualTo(8);
  }

  @Test
  void aDoubtKeepsTheAnswerThatItCameFrom() {
    world.load(Csv.of().create("a", "one"));
    world.ledger.record(
        world.send("a"),
        new io.reelbatch.model.SendOutcome.InDoubt(
            io.reelbatch.model.Reason.of("no_task_id", "no id"), LedgerWorld.ANSWER));

    prune();

    assertThat(world.one("select raw from attempt")).isEqualTo("{}");
  }

  @Test
  void aLostRowIsOpenForAsLongAsItIsAskedAfter() {
    world.load(Csv.of().create("lost", "a lost thing"));
    world.accept("lost", "task-3");
    world.hear("lost", RowEvent.LOST);
    Instant soon = NOW.plus(Duration.ofDays(3));

    Retention retention =
        new Retention(
            world.database,
            InstantSource.fixed(soon),
            soon.minus(Duration.ofDays(1)),
            Duration.ofDays(7));

    assertThat(retention.forget(world.batch).open()).isEqualTo(1);
    assertThat(world.lostTasks(soon).due()).hasSize(1);
  }

  @Test
  void ofABatchThatLivesOnOldFilesAndAnswersGo() {
    played();
    world.load(Csv.of(FILE.lines()).create("new", "something new"));
    world
        .sql()
        .update(
            "update input set staged_at = ? where activated_at is not null and id ="
                + " (select active_input from batch)",
            Columns.utc(LATER));

    Forgotten forgotten = prune();

    assertThat(forgotten.lines()).isEqualTo(7);
    assertThat(forgotten.orders()).isZero();
    assertThat(forgotten.answers()).isPositive();
    assertThat(world.report()).hasSize(8);
    assertThat(world.report("made").cells()).isNotEmpty();
    assertThat(world.planned("new").order().prompt()).isEqualTo("something new");
  }

  @Test
  void whatIsNotThatOldStays() {
    played();

    assertThat(at(NOW.plus(Duration.ofDays(80))).forget(world.batch).isAny()).isFalse();
    assertThat(world.report()).hasSize(7);
  }

  @Test
  void lookingSaysTheSameAndChangesNothing() {
    played();

    Forgotten would = at(LATER).look(world.batch);

    assertThat(world.report()).hasSize(7);
    assertThat(prune()).isEqualTo(would);
    assertThat(at(LATER).look(world.batch).isAny()).isFalse();
  }

  @Test
  void anotherBatchIsLeftAlone() {
    played();
    try (LedgerWorld other = world.beside("other")) {
      other.load(Csv.of().create("a", "one"));
      other.accept("a", "task-9");
      other.succeed("a");

      prune();

      assertThat(other.report()).hasSize(1);
      assertThat(other.one("select count(*) from task where raw is not null")).isEqualTo("1");
    }
  }

  @Test
  void capsCountWhatWasForgotten() {
    Currency usd = Currency.getInstance("USD");
    Money cap = new Money(new BigDecimal("3"), usd);
    Terms terms =
        new Terms(
            new Prices(usd, List.of(new PriceRule(null, null, null, null, BigDecimal.ONE))),
            new Caps(cap, cap, cap, null),
            Terms.FailedTasks.CHARGED);
    world.under(terms);
    world.load(Csv.of().create("a", "one").create("b", "two"));
    for (String row : List.of("a", "b")) {
      world.accept(row, "task-" + row);
      world.succeed(row);
    }
    List<Spent> spent = world.batches.spent(world.batch);
    List<Map<String, Object>> sums =
        world.sql().queryForList("select * from spending order by period");

    prune();

    assertThat(world.batches.spent(world.batch)).isEqualTo(spent);
    assertThat(world.sql().queryForList("select * from spending order by period")).isEqualTo(sums);
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "x").create("d", "y"));
    world.under(terms);
    assertThat(world.ledger.intend(world.ledger.planned(2))).hasSize(1);
    assertThat(world.ledger.capReached()).isPresent();
  }

  @Test
  void aPriceThatBecomesKnownLaterCountsForWhatWasForgotten() {
    world.load(Csv.of().createOf("a", "sora-2-pro", 15));
    world.accept("a", "task-1");
    world.succeed("a");
    prune();
    Currency usd = Currency.getInstance("USD");

    world.under(
        new Terms(
            new Prices(
                usd, List.of(new PriceRule("sora-2-pro", null, null, "15", new BigDecimal("2")))),
            new Caps(new Money(BigDecimal.TEN, usd), null, null, null),
            Terms.FailedTasks.CHARGED));

    assertThat(world.batches.committed(world.batch))
        .extracting(Money::toString)
        .containsExactly("2 USD");
  }

  @Test
  void aKillBetweenAnyTwoStepsIsMadeUpForByTheNext() {
    played();
    world.sql().update("update batch set active_input = null, pruned_at = current_timestamp");
    world.sql().update("delete from input_line where position < 4000");

    prune();

    assertThat(wordsLeft()).isZero();
    assertThat(world.load(FILE)).isEmpty();
    assertThat(world.ledger.planned(10)).isEmpty();
  }

  @Test
  void oldRunsGoAndTheLastOneStays() {
    world
        .sql()
        .execute(
            """
            insert into batch_job_instance (job_instance_id, version, job_name, job_key) values
              (1, 0, 'reelbatch', 'a'), (2, 0, 'reelbatch', 'b'), (3, 0, 'reelbatch', 'c')
            """);
    for (int run = 1; run <= 3; run++) {
      world
          .sql()
          .execute(
              """
              insert into batch_job_execution
                (job_execution_id, version, job_instance_id, create_time, start_time, end_time, status,
                 last_updated)
              values (%1$d, 0, %1$d, timestamp '2026-01-0%1$d 00:00:00',
                timestamp '2026-01-0%1$d 00:00:00', timestamp '2026-01-0%1$d 00:00:01', 'COMPLETED',
                timestamp '2026-01-0%1$d 00:00:01')
              """
                  .formatted(run));
      world
          .sql()
          .update(
              "insert into batch_job_execution_params values (?, 'batch', 'java.lang.String', ?, 'Y')",
              run,
              run == 2 ? "other" : "shots");
      world
          .sql()
          .execute(
              """
              insert into batch_step_execution
                (step_execution_id, version, step_name, job_execution_id, create_time)
              values (%1$d, 0, 'load', %1$d, current_timestamp)
              """
                  .formatted(run));
      world.sql().update("insert into batch_step_execution_context values (?, '', null)", run);
      world.sql().update("insert into batch_job_execution_context values (?, '', null)", run);
    }

    assertThat(prune().runs()).isEqualTo(1);

    assertThat(
            world
                .sql()
                .queryForList(
                    "select job_execution_id from batch_job_execution order by 1", Long.class))
        .containsExactly(2L, 3L);
    assertThat(
            world
                .sql()
                .queryForList(
                    "select job_instance_id from batch_job_instance order by 1", Long.class))
        .containsExactly(2L, 3L);
    assertThat(world.batches.lastRun(world.batch)).isPresent();
  }
}
