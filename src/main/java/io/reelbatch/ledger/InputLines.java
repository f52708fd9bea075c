package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.instantOrNull;

import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The lines of one activated input with what became of each. Read only; thread-safe. */
public final class InputLines {

  /** States that only a task brings about, even one that was found late. */
  private static final Set<RowState> OF_TASKS =
      EnumSet.of(RowState.ACCEPTED, RowState.SUCCEEDED, RowState.FAILED, RowState.LOST);

  private final JdbcTemplate jdbc;
  private final InputRecord input;
  private final RowHistories histories;

  /** Reads the lines of the given input. */
  public InputLines(LedgerDatabase database, InputRecord input) {
    this.jdbc = database.jdbc();
    this.input = input;
    this.histories = new RowHistories(jdbc, input.id());
  }

  /** The header's cells as the file has them. */
  public List<String> columns() {
    return input.columns();
  }

  /** How many lines end in which state; every line counts once. */
  public Counts counts() {
    Map<RowState, Long> byState = new EnumMap<>(RowState.class);
    jdbc.query(
        """
        select coalesce(r.state, 'INVALID') as state, count(*) as n
        from input_line l left join batch_row r on r.id = l.row_id
        where l.input_id = ? group by coalesce(r.state, 'INVALID')
        """,
        row -> {
          byState.put(RowState.valueOf(row.getString("state")), row.getLong("n"));
        },
        input.id());
    return new Counts(byState);
  }

  /**
   * The next lines in the input's order.
   *
   * @param position where the last line stands that was already read; 0 to begin
   */
  public List<ReportLine> after(long position, int limit) {
    return histories.on(lines(position, limit));
  }

  private List<ReportLine> lines(long position, int limit) {
    return jdbc.query(
        """
        select l.position, l.cells, l.problem, r.row_key, r.state, r.attempts,
               a.intended_at, a.code, a.message, a.message_zh, a.raw as attempt_raw,
               case when a.currency is not null and a.charged = 0 then 0 else a.amount end as amount, a.currency,
               a.outcome,
               t.task_id, t.link, t.link_expires_at, t.thumbnail, t.error_code, t.error_message,
               t.error_message_zh, t.finished_at, t.polls, t.raw as task_raw, t.attempt as task_attempt,
               o.row_key as origin_key, o.state as origin_state, o.id = r.waits_for as is_source,
               oa.code as origin_code, oa.message as origin_message,
               oa.message_zh as origin_message_zh, ot.error_code as origin_error_code,
               ot.error_message as origin_error_message,
               ot.error_message_zh as origin_error_message_zh,
               w.row_key as source_key, w.state as source_state,
               v.file, v.bytes, v.sha256, v.error_code as video_code, v.error_message as video_error,
               v.error_message_zh as video_error_zh
        from input_line l
        left join batch_row r on r.id = l.row_id
        left join attempt a on a.row_id = r.id and a.number = r.attempts
        left join task t on t.id = r.task
        left join video v on v.task = t.id
        left join batch_row o on o.id = r.skipped_for
        left join attempt oa on oa.row_id = o.id and oa.number = o.attempts
        left join task ot on ot.id = o.task and ot.attempt = o.attempts
        left join batch_row w on w.id = r.waits_for and r.state = 'PLANNED'
        where l.input_id = ? and l.position > ?
        order by l.input_id, l.position
        limit ?
        """,
        InputLines::read,
        input.id(),
        position,
        limit);
  }

  private static ReportLine read(ResultSet row, int n) throws SQLException {
    String key = row.getString("row_key");
    String task = row.getString("task_id");
    RowState state = key == null ? RowState.INVALID : RowState.valueOf(row.getString("state"));
    return new ReportLine(
        row.getLong("position"),
        OrderJson.cells(row.getString("cells")),
        key == null ? null : new RowKey(key),
        state,
        task == null ? null : new TaskId(task),
        row.getString("link"),
        instantOrNull(row, "link_expires_at"),
        row.getString("thumbnail"),
        video(row, state),
        error(row, state),
        row.getInt("attempts"),
        instantOrNull(row, "intended_at"),
        instantOrNull(row, "finished_at"),
        row.getInt("polls"),
        cost(row),
        aboutTask(row, state) ? row.getString("task_raw") : row.getString("attempt_raw"),
        null,
        List.of(),
        List.of());
  }

  private static @Nullable VideoFile video(ResultSet row, RowState state) throws SQLException {
    String sha256 = row.getString("sha256");
    return state != RowState.SUCCEEDED || sha256 == null
        ? null
        : new VideoFile(row.getString("file"), row.getObject("bytes", Long.class), sha256);
  }

  private static @Nullable Reason error(ResultSet row, RowState state) throws SQLException {
    if (state == RowState.SUCCEEDED && row.getString("sha256") != null) {
      return null; // whatever was missing of it, the video is there
    }
    if (state == RowState.SUCCEEDED && row.getString("video_code") != null) {
      return Columns.reason(row, "video_code", "video_error");
    }
    if (state == RowState.INVALID) {
      return invalid(row.getString("problem"));
    }
    if (state == RowState.SKIPPED) {
      return skipped(row);
    }
    if (row.getString("source_key") != null) {
      return Reason.of(
          "waits_for_source",
          Message.of(
              "Not sent yet: the row that it starts from, {0}, is {1}.",
              row.getString("source_key"), row.getString("source_state")));
    }
    return aboutTask(row, state)
        ? Columns.reason(row, "error_code", "error_message")
        : Columns.reason(row, "code", "message");
  }

  /** In English, and below that in Chinese; older ledgers have the English alone. */
  private static Reason invalid(String problem) {
    String[] languages = problem.split("\n", 2);
    return new Reason("invalid", languages[0], languages.length == 1 ? null : languages[1]);
  }

  /** Names the row whose end is the reason, which may be far up the chain. */
  private static Reason skipped(ResultSet row) throws SQLException {
    boolean next = row.getBoolean("is_source");
    String origin = row.getString("origin_key");
    RowState state = RowState.valueOf(row.getString("origin_state"));
    @Nullable Reason why = Columns.reason(row, "origin_error_code", "origin_error_message");
    if (why == null) {
      why = Columns.reason(row, "origin_code", "origin_message");
    }
    String zh = why == null ? null : why.messageZh() == null ? why.message() : why.messageZh();
    return new Reason(
        "source_" + state.name().toLowerCase(Locale.ROOT),
        (next
                ? "Not sent: the row that it starts from, "
                : "Not sent: the row at the top of the chain that it starts from, ")
            + origin
            + ", ended as "
            + state
            + (why == null ? "." : " (" + why + ")."),
        (next ? "未发送：它的来源行 " : "未发送：它所在链条上游的行 ")
            + origin
            + " 的结果为 "
            + state
            + (zh == null || zh.isBlank() ? "。" : "（" + zh + "）。"));
  }

  /** Whether the last word is about a task, not about a request that made none. */
  private static boolean aboutTask(ResultSet row, RowState state) throws SQLException {
    return row.getString("task_id") != null
        && (OF_TASKS.contains(state) || row.getInt("task_attempt") == row.getInt("attempts"));
  }

  private static @Nullable Money cost(ResultSet row) throws SQLException {
    BigDecimal amount = row.getBigDecimal("amount");
    return amount == null
        ? null
        : new Money(amount, Currency.getInstance(row.getString("currency")));
  }
}
