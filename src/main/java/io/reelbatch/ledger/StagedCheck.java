package io.reelbatch.ledger;

import io.reelbatch.model.LineError;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * What can only be seen with the whole file at hand: ids that stand twice, sources that are not
 * there, circles, and ids that were paid for something else. Also finds out which staged lines are
 * rows that the batch already has.
 */
public final class StagedCheck {

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final BatchRecord batch;
  private final List<ModelSpec> retired;

  /** Checks staged inputs of the given batch; no model is retired. */
  public StagedCheck(LedgerDatabase database, BatchRecord batch) {
    this(database, batch, List.of());
  }

  /**
   * Checks staged inputs of the given batch.
   *
   * @param retired models to which nothing is sent any more
   */
  public StagedCheck(LedgerDatabase database, BatchRecord batch, List<ModelSpec> retired) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.batch = batch;
    this.retired = List.copyOf(retired);
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

  private record Link(long line, @Nullable String id, String source) {}

  private List<LineError> wrongSources(long input) {
    List<LineError> errors = new ArrayList<>();
    Map<String, Link> linksById = new LinkedHashMap<>();
    Map<String, List<Link>> linksBySource = new HashMap<>();
    Deque<Link> gone = new ArrayDeque<>();
    jdbc.query(
        """
        select s.line, s.external_id, s.source_id, s.order_json, p.line as source_line,
               p.order_json as source_order
        from staged_order s
        left join staged_order p on p.input_id = s.input_id and p.external_id = s.source_id
          and not exists (select 1 from staged_order q where q.input_id = p.input_id
                          and q.external_id = p.external_id and q.line < p.line)
        where s.input_id = ? and s.source_id is not null
        order by s.line
        """,
        row -> {
          Link link =
              new Link(
                  row.getLong("line"), row.getString("external_id"), row.getString("source_id"));
          if (row.getObject("source_line") == null) {
            errors.add(unknownSource(link));
            gone.add(link);
          } else if (isPrivateRemix(row.getString("order_json"), row.getString("source_order"))) {
            errors.add(privateSource(link, row.getLong("source_line")));
          }
          if (link.id() != null) {
            linksById.putIfAbsent(link.id(), link);
          }
          linksBySource.computeIfAbsent(link.source(), id -> new ArrayList<>()).add(link);
        },
        input);
    errors.addAll(sourcesThatHaveNone(gone, linksBySource));
    errors.addAll(circles(linksById));
    return errors;
  }

  // All of a chain at once: passing over one link of it at a time would take a round for each.
  private static List<LineError> sourcesThatHaveNone(
      Deque<Link> gone, Map<String, List<Link>> linksBySource) {
    List<LineError> errors = new ArrayList<>();
    while (!gone.isEmpty()) {
      Link source = gone.pop();
      for (Link link : children(source, linksBySource)) {
        errors.add(
            new LineError(
                link.line(),
                "source",
                link.source(),
                "cannot be made: line " + source.line() + " has no source itself"));
        gone.push(link);
      }
    }
    return errors;
  }

  private static List<Link> children(Link source, Map<String, List<Link>> linksBySource) {
    // Taken out, so that ids that stand twice do not bring them up twice.
    List<Link> children = source.id() == null ? null : linksBySource.remove(source.id());
    return children == null ? List.of() : children;
  }

  private static LineError unknownSource(Link link) {
    return new LineError(
        link.line(),
        "source",
        link.source(),
        "is neither the id of a correct line of this file nor a task id of the gateway"
            + " (sora-2:task_…, grok:…, video_…)");
  }

  private static LineError privateSource(Link link, long line) {
    return new LineError(
        link.line(),
        "source",
        link.source(),
        "line "
            + line
            + " is private, and the gateway does not remix private videos; set private"
            + " to false there");
  }

  private static boolean isPrivateRemix(String order, String source) {
    Order remix = OrderJson.read(order);
    JsonNode hidden = OrderJson.read(source).fields().get("private");
    return remix.operation() == Operation.REMIX && hidden != null && hidden.booleanValue(false);
  }

  private static List<LineError> circles(Map<String, Link> linksById) {
    List<LineError> errors = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Link start : linksById.values()) {
      List<Link> path = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      Link at = start;
      while (at != null && at.id() != null && !done.contains(at.id()) && ids.add(at.id())) {
        path.add(at);
        at = linksById.get(at.source());
      }
      if (at != null && at.id() != null && ids.contains(at.id())) {
        errors.add(circle(path.subList(path.indexOf(at), path.size())));
      }
      done.addAll(ids);
    }
    return errors;
  }

  private static LineError circle(List<Link> links) {
    Link first = links.get(0);
    return new LineError(
        first.line(),
        "source",
        first.source(),
        "these lines wait for each other: "
            + links.stream().map(Link::id).collect(Collectors.joining(" → "))
            + " → "
            + first.id()
            + "; one of them must start from a finished video");
  }
}
