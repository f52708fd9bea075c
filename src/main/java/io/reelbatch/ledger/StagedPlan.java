package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a staged input would come to. Only after {@link StagedCheck} has found nothing wrong. */
public final class StagedPlan {

  private static final int PAGE = 5000;

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  /** Of inputs of the given batch. */
  public StagedPlan(LedgerDatabase database, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.batch = batch;
  }

  /** Every order that would be sent: rows that are new, and those that were never sent yet. */
  public void eachToSend(long input, Consumer<Order> visitor) {
    long[] position = {0};
    int found = PAGE;
    while (found == PAGE) {
      List<String> orders =
          jdbc.query(
              """
              select s.position, s.order_json, s.row_id, r.state
              from staged_order s left join batch_row r on r.id = s.row_id
              where s.input_id = ? and s.position > ?
              order by s.input_id, s.position
              limit ?
              """,
              (row, n) -> {
                position[0] = row.getLong("position");
                String state = row.getString("state");
                return state == null || state.equals(RowState.PLANNED.name())
                    ? row.getString("order_json")
                    : "";
              },
              input,
              position[0],
              PAGE);
      orders.stream().filter(json -> !json.isEmpty()).map(OrderJson::read).forEach(visitor);
      found = orders.size();
    }
  }

  /** How many lines are rows that the batch has already, by where these stand. */
  public Map<RowState, Long> known(long input) {
    Map<RowState, Long> known = new LinkedHashMap<>();
    jdbc.query(
        """
        select r.state, count(*) as lines
        from staged_order s join batch_row r on r.id = s.row_id
        where s.input_id = ?
        group by r.state
        """,
        row -> {
          known.put(RowState.valueOf(row.getString("state")), row.getLong("lines"));
        },
        input);
    return known;
  }

  /** The kinds of which the gateway made a task before: their first row need not go alone. */
  public List<Kind> proven() {
    return jdbc.query(
        "select distinct kind from batch_row where batch_id = ? and task is not null",
        (row, n) -> new Kind(row.getString("kind")),
        batch.id());
  }

  /** How many lines start from the video of another line. */
  public long startingFromOthers(long input) {
    return count(
        "select count(*) from staged_order where input_id = ? and source_id is not null", input);
  }

  /**
   * How many lines ask for exactly what a line before them asks for; variants are no such lines.
   */
  public long repeated(long input) {
    return count(
        """
        select count(*) from staged_order
        where input_id = ? and occurrence > 1 and mod(position, 1000) <= 1
        """,
        input);
  }

  /** How many lines ask for exactly what another batch of this home has paid for. */
  public long paidElsewhere(long input) {
    return count(
        """
        select count(*) from staged_order s
        where s.row_id is null and s.content in
          (select r.content from batch_row r
           where r.batch_id <> ? and r.state in ('SENDING', 'ACCEPTED', 'SUCCEEDED', 'IN_DOUBT'))
          and s.input_id = ?
        """,
        batch.id(),
        input);
  }

  private long count(String query, Object... values) {
    Long count = jdbc.queryForObject(query, Long.class, values);
    return count == null ? 0 : count;
  }
}
