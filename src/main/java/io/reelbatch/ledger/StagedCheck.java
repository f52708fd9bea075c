package io.reelbatch.ledger;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.LineError;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.SourceRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What can only be seen with the whole file at hand: ids that stand twice, sources that are not
 * there or will not do, circles, and ids that were paid for something else. Also finds out which
 * staged lines are rows that the batch already has.
 */
public final class StagedCheck {

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final BatchRecord batch;
  private final SourceRules rules;
  private final List<ModelSpec> retired;

  /**
   * Checks staged inputs of the given batch.
   *
   * @param catalogue which videos an operation may start from, and which models have ended
   * @param today the day (UTC) on which they would be sent
   */
  public StagedCheck(
      LedgerDatabase database, BatchRecord batch, Catalogue catalogue, LocalDate today) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.batch = batch;
    this.rules = new SourceRules(catalogue);
    this.retired = catalogue.retiredOn(today);
  }

  /** All that is wrong; empty if the input may be activated. Moves no row. */
  public List<LineError> errors(long input) {
    new LedgerIndexes(database).makeThoseOfStaged();
    List<LineError> errors = new ArrayList<>(idsThatStandTwice(input));
    if (errors.isEmpty()) {
      database.transaction().executeWithoutResult(status -> new KnownRows(jdbc, batch).find(input));
      errors.addAll(idsPaidForSomethingElse(input));
      errors.addAll(new RetiredLines(jdbc, retired).errors(input));
    }
    errors.addAll(wrongSources(input));
    return errors;
  }

  private List<LineError> idsThatStandTwice(long input) {
    List<LineError> errors = new ArrayList<>();
    jdbc.query(
        """
        select external_id from staged_order
        where input_id = ? and external_id is not null
        group by input_id, external_id having count(*) > 1
        """,
        row -> {
          String id = row.getString("external_id");
          List<Long> lines = linesOf(input, id);
          for (long line : lines.subList(1, lines.size())) {
            errors.add(
                new LineError(
                    line,
                    "id",
                    id,
                    "stands already in line "
                        + lines.get(0)
                        + "; each id may stand once, since it names the row and its video"));
          }
        },
        input);
    errors.sort(Comparator.comparingLong(LineError::line));
    return errors;
  }

  private List<Long> linesOf(long input, String id) {
    return jdbc.queryForList(
        "select line from staged_order where input_id = ? and external_id = ? order by line",
        Long.class,
        input,
        id);
  }

  private List<LineError> idsPaidForSomethingElse(long input) {
    return jdbc.query(
        """
        select s.line, s.external_id, r.state, t.task_id
        from staged_order s
        join batch_row r on r.id = s.row_id
        left join task t on t.id = r.task
        where s.input_id = ? and s.row_id > 0 and r.content <> s.content
          and exists (select 1 from attempt a where a.row_id = r.id
                      and (a.outcome is null or a.outcome in ('ACCEPTED', 'IN_DOUBT')))
        order by s.line
        """,
        (row, n) ->
            new LineError(
                row.getLong("line"),
                "id",
                row.getString("external_id"),
                "was already sent and paid for ("
                    + (row.getString("task_id") == null
                        ? row.getString("state")
                        : row.getString("task_id"))
                    + ") and now asks for something else; give the line a new id to order it as"
                    + " well, or use another --batch"),
        input);
  }

  private List<LineError> wrongSources(long input) {
    List<LineError> errors = new ArrayList<>();
    Chains.Builder links = new Chains.Builder();
    List<Long> gone = new ArrayList<>();
    new StagedLinks(jdbc, input)
        .forEach(
            link -> {
              Long sourceLine = link.sourceLine();
              String sourceOrder = link.sourceOrder();
              if (sourceLine == null || sourceOrder == null) {
                errors.add(unknownSource(link));
                gone.add(link.line());
              } else {
                links.add(link.line(), sourceLine);
                errors.addAll(
                    rules.errors(
                        link.line(),
                        link.source(),
                        OrderJson.read(link.order()),
                        sourceLine,
                        OrderJson.read(sourceOrder)));
              }
            });
    Chains chains = links.build();
    for (long line : chains.below(gone)) {
      errors.add(
          new LineError(
              line,
              "source",
              named(input, line).source(),
              "cannot be made: line " + chains.sourceOf(line) + " has no source itself"));
    }
    chains.circles().forEach(lines -> errors.add(circle(input, lines)));
    return errors;
  }

  private static LineError unknownSource(StagedLinks.Link link) {
    return new LineError(
        link.line(),
        "source",
        link.source(),
        "is neither the id of a correct line of this file nor a task id of the gateway"
            + " (sora-2:task_…, grok:…, video_…)");
  }

  private record Named(String id, String source) {}

  private Named named(long input, long line) {
    return jdbc.query(
            "select external_id, source_id from staged_order where input_id = ? and line = ?",
            (row, n) -> new Named(row.getString("external_id"), row.getString("source_id")),
            input,
            line)
        .get(0);
  }

  private LineError circle(long input, List<Long> lines) {
    List<Named> links = lines.stream().map(line -> named(input, line)).toList();
    Named first = links.get(0);
    return new LineError(
        lines.get(0),
        "source",
        first.source(),
        "these lines wait for each other: "
            + links.stream().map(Named::id).collect(Collectors.joining(" → "))
            + " → "
            + first.id()
            + "; one of them must start from a finished video");
  }
}
