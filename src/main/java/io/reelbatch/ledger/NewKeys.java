package io.reelbatch.ledger;

import io.reelbatch.model.TextHash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The keys of the rows that an input would add, looked through before the index that keeps them
 * apart is left out. Holds some fifty bytes for each: the database would hold each key, and a
 * million of them is more than a small heap has. Not thread-safe.
 */
final class NewKeys {

  private static final int PAGE = 5000;

  private final JdbcTemplate jdbc;
  private final long input;
  private final NumbersByHash seen = new NumbersByHash();
  private @Nullable String taken;

  NewKeys(JdbcTemplate jdbc, long input) {
    this.jdbc = jdbc;
    this.input = input;
  }

  /** A key that two of them would have, or that a row of the batch has; null if there is none. */
  @Nullable String taken(long batch) {
    long last = 0;
    for (long next = page(last); taken == null && next != last; next = page(last)) {
      last = next;
    }
    return taken == null ? takenByARow(batch) : taken;
  }

  /** Looks through those after that number; gives the last, the same number if there are none. */
  private long page(long after) {
    long[] last = {after};
    jdbc.query(
        """
        select new_id, row_key from staged_order
        where input_id = ? and new_id > ? and row_id is null
        order by new_id
        limit ?
        """,
        row -> {
          last[0] = row.getLong(1);
          see(last[0], Objects.requireNonNull(row.getString(2)));
        },
        input,
        after,
        PAGE);
    return last[0];
  }

  private void see(long number, String key) {
    long hash = TextHash.of(key);
    long first = seen.get(hash);
    if (first == 0) {
      seen.put(hash, number);
    } else if (key.equals(keyOf(first))) {
      taken = key;
    }
  }

  private @Nullable String keyOf(long number) {
    return jdbc.queryForObject(
        "select row_key from staged_order where new_id = ?", String.class, number);
  }

  private @Nullable String takenByARow(long batch) {
    return jdbc
        .queryForList(
            """
            select s.row_key from staged_order s
            join batch_row r on r.batch_id = ? and r.row_key = s.row_key
            where s.input_id = ? and s.row_id is null
            limit 1
            """,
            String.class,
            batch,
            input)
        .stream()
        .findFirst()
        .orElse(null);
  }
}
