package io.reelbatch.ledger;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.SourceRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    KnownRows known = new KnownRows(jdbc, batch);
    boolean mayBeKnown = known.areAny();
    LedgerIndexes indexes = new LedgerIndexes(database);
    indexes.makeThatOfStagedIds();
    if (mayBeKnown) {
      indexes.makeThoseOfStaged();
    }
    List<LineError> errors = new ArrayList<>(idsThatStandTwice(input));
    if (errors.isEmpty()) {
      if (mayBeKnown) {
        database.transaction().executeWithoutResult(status -> known.find(input));
        indexes.countStaged();
        errors.addAll(idsPaidForSomethingElse(input));
      }
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
        where input_id = ? and external_id not like '%#%'
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
    return jdbc.query(
        """
        select position from staged_order where input_id = ? and external_id = ? order by position
        """,
        (row, n) -> InputLine.lineAt(row.getLong("position")),
        input,
        id);
  }

  private List<LineError> idsPaidForSomethingElse(long input) {
    Map<Long, LineError> byLine = new LinkedHashMap<>(); // all variants of a line are as wrong
    jdbc.query(
        """
        select s.position, s.external_id, r.state, t.task_id
        from staged_order s
        join batch_row r on r.id = s.row_id
        left join task t on t.id = r.task
        where s.input_id = ? and s.row_id > 0 and r.content <> s.content
          and exists (select 1 from attempt a where a.row_id = r.id
                      and (a.outcome is null or a.outcome in ('ACCEPTED', 'IN_DOUBT')))
        order by s.position
        """,
        row -> {
          long line = InputLine.lineAt(row.getLong("position"));
          byLine.putIfAbsent(
              line,
              new LineError(
                  line,
                  "id",
                  row.getString("external_id"),
                  "was already sent and paid for ("
                      + (row.getString("task_id") == null
                          ? row.getString("state")
                          : row.getString("task_id"))
                      + ") and now asks for something else; give the line a new id to order it as"
                      + " well, or use another --batch"));
        },
        input);
    return List.copyOf(byLine.values());
  }

  private List<LineError> wrongSources(long input) {
    List<LineError> errors = new ArrayList<>();
    Chains.Builder links = new Chains.Builder();
    List<Long> gone = new ArrayList<>();
    new StagedLinks(jdbc, input)
        .forEach(
            link -> {
              Long source = link.sourcePosition();
              String sourceOrder = link.sourceOrder();
              if (source == null || sourceOrder == null) {
                errors.add(unknownSource(link));
                gone.add(link.position());
              } else {
                links.add(link.position(), source);
                errors.addAll(
                    rules.errors(
                        link.line(),
                        link.source(),
                        OrderJson.read(link.order()),
                        InputLine.lineAt(source),
                        OrderJson.read(sourceOrder)));
              }
            });
    Chains chains = links.build();
    for (long position : chains.below(gone)) {
      errors.add(
          new LineError(
              InputLine.lineAt(position),
              "source",
              named(input, position).source(),
              "cannot be made: line "
                  + InputLine.lineAt(chains.sourceOf(position))
                  + " has no source itself"));
    }
    chains.circles().forEach(circle -> errors.add(circle(input, circle)));
    return errors.stream().distinct().toList(); // variants of a line have the same
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

  private Named named(long input, long position) {
    return jdbc.query(
            "select external_id, source_id from staged_order where input_id = ? and position = ?",
            (row, n) -> new Named(row.getString("external_id"), row.getString("source_id")),
            input,
            position)
        .get(0);
  }

  private LineError circle(long input, List<Long> positions) {
    List<Named> links = positions.stream().map(each -> named(input, each)).toList();
    Named first = links.get(0);
    return new LineError(
        InputLine.lineAt(positions.get(0)),
        "source",
        first.source(),
        "these lines wait for each other: "
            + links.stream().map(Named::id).collect(Collectors.joining(" → "))
            + " → "
            + first.id()
            + "; one of them must start from a finished video");
  }
}
