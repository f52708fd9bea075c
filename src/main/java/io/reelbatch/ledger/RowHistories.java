package io.reelbatch.ledger;

import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** All that happened to the rows of an input's lines. Read only; thread-safe. */
final class RowHistories {

  private final JdbcTemplate jdbc;
  private final long input;
  private final ChainPlaces places;

  RowHistories(JdbcTemplate jdbc, long input) {
    this.jdbc = jdbc;
    this.input = input;
    this.places = new ChainPlaces(jdbc, input);
  }

  /** The same lines, each with its row's place, its paid requests and what people said. */
  List<ReportLine> on(List<ReportLine> lines) {
    if (lines.isEmpty()) {
      return lines;
    }
    long first = lines.get(0).position();
    long last = lines.get(lines.size() - 1).position();
    Map<Long, List<AttemptLine>> attempts = attempts(first, last);
    Map<Long, List<SettlementLine>> settlements = settlements(first, last);
    Map<Long, ChainPlace> chains = places.between(first, last);
    return lines.stream()
        .map(
            line ->
                with(
                    line,
                    chains.get(line.position()),
                    attempts.getOrDefault(line.position(), List.of()),
                    settlements.getOrDefault(line.position(), List.of())))
        .toList();
  }

  private Map<Long, List<AttemptLine>> attempts(long first, long last) {
    Map<Long, List<AttemptLine>> byPosition = new HashMap<>();
    jdbc.query(
        """
        select l.position, a.number, a.round, a.intended_at, a.outcome, a.code, a.message, a.message_zh,
               case when a.currency is not null and a.charged = 0 then 0 else a.amount end as amount, a.currency,
               t.task_id, t.status, t.link, t.error_code, t.error_message,
               t.error_message_zh
        from input_line l
        join attempt a on a.row_id = l.row_id
        left join task t on t.row_id = a.row_id and t.attempt = a.number
        where l.input_id = ? and l.position >= ? and l.position <= ?
        order by l.position, a.number, t.id
        """,
        row -> {
          List<AttemptLine> before =
              byPosition.computeIfAbsent(row.getLong("position"), at -> new ArrayList<>());
          boolean second =
              !before.isEmpty() && before.get(before.size() - 1).number() == row.getInt("number");
          before.add(attempt(row, second ? null : cost(row)));
        },
        input,
        first,
        last);
    return byPosition;
  }

  private static AttemptLine attempt(ResultSet row, @Nullable Money cost) throws SQLException {
    String task = row.getString("task_id");
    return new AttemptLine(
        row.getInt("number"),
        row.getInt("round"),
        Columns.instant(row, "intended_at"),
        row.getString("outcome"),
        task == null ? null : new TaskId(task),
        row.getString("status"),
        row.getString("link"),
        task == null
            ? Columns.reason(row, "code", "message")
            : Columns.reason(row, "error_code", "error_message"),
        cost);
  }

  private static @Nullable Money cost(ResultSet row) throws SQLException {
    BigDecimal amount = row.getBigDecimal("amount");
    return amount == null
        ? null
        : new Money(amount, Currency.getInstance(row.getString("currency")));
  }

  private Map<Long, List<SettlementLine>> settlements(long first, long last) {
    Map<Long, List<SettlementLine>> byPosition = new HashMap<>();
    jdbc.query(
        """
        select l.position, s.attempt, s.action, s.task_id, s.operator, s.decided_at
        from input_line l join settlement s on s.row_id = l.row_id
        where l.input_id = ? and l.position >= ? and l.position <= ?
        order by l.position, s.id
        """,
        row -> {
          String task = row.getString("task_id");
          byPosition
              .computeIfAbsent(row.getLong("position"), at -> new ArrayList<>())
              .add(
                  new SettlementLine(
                      row.getInt("attempt"),
                      row.getString("action"),
                      task == null ? null : new TaskId(task),
                      row.getString("operator"),
                      Columns.instant(row, "decided_at")));
        },
        input,
        first,
        last);
    return byPosition;
  }

  private static ReportLine with(
      ReportLine line,
      @Nullable ChainPlace place,
      List<AttemptLine> attempts,
      List<SettlementLine> settlements) {
    return new ReportLine(
        line.position(),
        line.cells(),
        line.row(),
        line.state(),
        line.task(),
        line.link(),
        line.linkExpiresAt(),
        line.thumbnail(),
        line.video(),
        error(line, settlements),
        line.attempts(),
        line.submittedAt(),
        line.finishedAt(),
        line.polls(),
        line.cost(),
        line.raw(),
        place,
        attempts,
        settlements);
  }

  /** A row that a person gave up, or wants sent and that was not sent since, says so. */
  private static @Nullable Reason error(ReportLine line, List<SettlementLine> settlements) {
    Reason error = line.error();
    if (settlements.isEmpty()) {
      return error;
    }
    SettlementLine last = settlements.get(settlements.size() - 1);
    boolean tells =
        last.attempt() == line.attempts()
            && (line.state() == RowState.WRITTEN_OFF || line.state() == RowState.PLANNED);
    if (!tells) {
      return error;
    }
    String word =
        (last.action().equals("written off") ? "written off by " : "to be sent once more, says ")
            + last.operator()
            + ", "
            + last.at().truncatedTo(ChronoUnit.SECONDS);
    return error == null || error.message().isBlank()
        ? Reason.of(last.action().replace(' ', '_'), word)
        : new Reason(error.code(), error.message() + " (" + word + ")", error.messageZh());
  }
}
