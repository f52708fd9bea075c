package io.reelbatch.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many tasks at once a gateway was found to take from an account, kept for later runs. */
public final class LearnedLimits {

  private static final Duration FRESH = Duration.ofDays(7);

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;

  /** Those of the batch's gateway and account. */
  public LearnedLimits(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
  }

  /** What an earlier run found; empty if none did in the last week. */
  public OptionalInt read() {
    return jdbc
        .queryForList(
            """
            select tasks from learned_limit
            where origin = ? and account = ? and learned_at > ?
            """,
            Integer.class,
            batch.origin(),
            batch.account().value(),
            Columns.utc(clock.instant().minus(FRESH)))
        .stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** Writes what this run has found. Blocks. */
  public void keep(int tasks) {
    int known =
        jdbc.update(
            "update learned_limit set tasks = ?, learned_at = ? where origin = ? and account = ?",
            tasks,
            Columns.utc(clock.instant()),
            batch.origin(),
            batch.account().value());
    if (known == 0) {
      jdbc.update(
          "insert into learned_limit (origin, account, tasks, learned_at) values (?, ?, ?, ?)",
          batch.origin(),
          batch.account().value(),
          tasks,
          Columns.utc(clock.instant()));
    }
  }
}
