package io.reelbatch.ledger;

import io.reelbatch.model.Order;
import io.reelbatch.model.RowState;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The orders of a batch that are still to be sent, a page at a time. Not thread-safe. */
public final class PlannedOrders {

  private static final int PAGE = 5000;

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;
  private long position;

  /** From the first row on. */
  public PlannedOrders(LedgerDatabase database, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.batch = batch;
  }

  /**
   * Visits those among the next rows of the home.
   *
   * @return whether there may be more
   */
  public boolean next(Consumer<Order> visitor) {
    // By number, whichever batch they are of: any other order would sort all of them for each page.
    List<@Nullable String> orders =
        jdbc.query(
            """
            select r.id, case when r.batch_id = ? and r.state = ? then r.order_json end as planned
            from (select id, batch_id, state, order_json from batch_row
                  where id > ? order by id limit ?) r
            order by r.id
            """,
            (row, n) -> {
              position = row.getLong("id");
              return row.getString("planned");
            },
            batch.id(),
            RowState.PLANNED.name(),
            position,
            PAGE);
    orders.stream().filter(Objects::nonNull).map(OrderJson::read).forEach(visitor);
    return orders.size() == PAGE;
  }
}
