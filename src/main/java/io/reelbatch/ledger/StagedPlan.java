package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  /**
   * A line of the input.
   *
   * @param toSend the kind of its order, if that would be sent: the row is new or was never sent
   *     yet
   * @param json what it asks for, as the ledger keeps it
   * @param isFromAnother whether it starts from the video of another line
   * @param isRepeated whether a line before asks for exactly the same; variants of a line do not
   *     count as that
   */
  public record Line(
      @Nullable Kind toSend, String json, boolean isFromAnother, boolean isRepeated) {

    /** What it asks for. Made at each call. */
    public Order order() {
      return OrderJson.read(json);
    }
  }

  /** Every line, in order. */
  public void forEach(StagedInput input, Consumer<Line> visitor) {
    long[] last = {0};
    int found = PAGE;
    while (found == PAGE) {
      List<Line> lines =
          jdbc.query(
              """
              select s.new_id, s.position, s.order_json, s.kind, s.occurrence, s.source_id, r.state
              from staged_order s left join batch_row r on r.id = s.row_id
              where s.input_id = ? and s.new_id > ?
              order by s.new_id
              limit ?
              """,
              (row, n) -> {
                last[0] = row.getLong("new_id");
                String state = row.getString("state");
                boolean toSend = state == null || state.equals(RowState.PLANNED.name());
                return new Line(
                    toSend ? new Kind(row.getString("kind")) : null,
                    row.getString("order_json"),
                    row.getString("source_id") != null,
                    row.getInt("occurrence") > 1
                        && InputLine.variantAt(row.getLong("position")) <= 1);
              },
              input.id(),
              last[0],
              PAGE);
      lines.forEach(visitor);
      found = lines.size();
    }
  }

  /** How many lines are rows that the batch has already, by where these stand. */
  public Map<RowState, Long> known(StagedInput input) {
    Map<RowState, Long> known = new LinkedHashMap<>();
    if (!new KnownRows(jdbc, batch).areAny()) {
      return known;
    }
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
        input.id());
    return known;
  }

  /** Rows of the batch that were not sent yet and are not in the input: it withdraws them. */
  public long leaving(StagedInput input) {
    if (!new KnownRows(jdbc, batch).areAny()) {
      return 0;
    }
    return count(
        """
        select count(*) from batch_row r
        where r.batch_id = ? and r.state in ('PLANNED', 'SKIPPED')
          and not exists (select 1 from staged_order s where s.input_id = ? and s.row_id = r.id)
        """,
        batch.id(),
        input.id());
  }

  /** Rows of the present input that have a task, and are not in the new one. */
  public long leavingWithTask(StagedInput input) {
    if (!new KnownRows(jdbc, batch).areAny()) {
      return 0;
    }
    return count(
        """
        select count(distinct r.id) from batch b
        join input_line l on l.input_id = b.active_input
        join batch_row r on r.id = l.row_id
        where b.id = ? and r.task is not null
          and not exists (select 1 from staged_order s where s.input_id = ? and s.row_id = r.id)
        """,
        batch.id(),
        input.id());
  }

  /** Whether any line is a row that the batch has already. */
  public boolean hasKnown(StagedInput input) {
    return !jdbc.queryForList(
            "select row_id from staged_order where input_id = ? and row_id > 0 limit 1",
            Long.class,
            input.id())
        .isEmpty();
  }

  /** The kinds of which the gateway made a task before: their first row need not go alone. */
  public List<Kind> proven() {
    return jdbc.query(
        "select distinct kind from batch_row where batch_id = ? and task is not null",
        (row, n) -> new Kind(row.getString("kind")),
        batch.id());
  }

  /** How many lines ask for exactly what another batch of this home has paid for. */
  public long paidElsewhere(StagedInput input) {
    boolean noOther =
        jdbc.queryForList("select id from batch where id <> ? limit 1", Long.class, batch.id())
            .isEmpty();
    if (noOther) {
      return 0;
    }
    return count(
        """
        select count(*) from staged_order s
        where s.row_id is null and s.content in
          (select r.content from batch_row r
           where r.batch_id <> ? and r.state in ('SENDING', 'ACCEPTED', 'SUCCEEDED', 'IN_DOUBT'))
          and s.input_id = ?
        """,
        batch.id(),
        input.id());
  }

  private long count(String query, Object... values) {
    Long count = jdbc.queryForObject(query, Long.class, values);
    return count == null ? 0 : count;
  }
}
