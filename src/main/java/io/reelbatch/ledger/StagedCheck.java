package io.reelbatch.ledger;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.SourceRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  public List<LineError> errors(StagedInput input) {
    KnownRows known = new KnownRows(jdbc, batch);
    boolean mayBeKnown = known.areAny();
    LedgerIndexes indexes = new LedgerIndexes(database);
    indexes.countStaged();
    if (mayBeKnown) {
      indexes.makeThoseOfStaged();
    }
    StagedOrders orders = new StagedOrders(jdbc, input.id());
    List<LineError> errors = new ArrayList<>(idsThatStandTwice(input, orders));
    if (errors.isEmpty()) {
      if (mayBeKnown) {
        database.transaction().executeWithoutResult(status -> known.find(input.id()));
        indexes.countStaged();
        input.readAgain(jdbc);
        errors.addAll(idsPaidForSomethingElse(input.id()));
      }
      errors.addAll(new RetiredLines(jdbc, retired).errors(input));
    }
    if (input.hasLinks()) {
      errors.addAll(wrongSources(input, orders));
    }
    return errors;
  }

  private static List<LineError> idsThatStandTwice(StagedInput input, StagedOrders orders) {
    List<LineError> errors = new ArrayList<>();
    for (StagedInput.Repeat repeat : input.repeats()) {
      StagedOrders.Staged again = orders.get(repeat.again());
      StagedOrders.Staged first = named(again.id(), orders.get(repeat.first()));
      errors.add(twice(again.line(), again.id(), first.line()));
    }
    return errors;
  }

  /**
   * What lines that are wrong by themselves, and so not staged, have to do with the others: ids
   * that stand twice, and circles that lead over them. Only after {@link #errors}.
   */
  public List<LineError> errorsWith(List<NamedLine> wrong, StagedInput input) {
    StagedOrders orders = new StagedOrders(jdbc, input.id());
    Map<String, NamedLine> first = new HashMap<>();
    List<LineError> errors = new ArrayList<>();
    for (NamedLine each : wrong) {
      NamedLine before = first.putIfAbsent(each.id(), each);
      long number = input.numberOf(each.id());
      if (before != null) {
        errors.add(twice(each.line(), each.id(), before.line()));
      } else if (number != 0) {
        long other = named(each.id(), orders.get(number)).line();
        errors.add(twice(Math.max(each.line(), other), each.id(), Math.min(each.line(), other)));
      }
    }
    errors.addAll(circlesOver(first, input, orders));
    return errors;
  }

  private static List<LineError> circlesOver(
      Map<String, NamedLine> wrong, StagedInput input, StagedOrders orders) {
    List<LineError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NamedLine start : wrong.values()) {
      Map<String, NamedLine> way = new LinkedHashMap<>();
      NamedLine next = start;
      while (next != null && seen.add(next.id())) {
        way.put(next.id(), next);
        next = source(next, wrong, input, orders);
      }
      if (next != null && way.containsKey(next.id())) {
        List<NamedLine> all = List.copyOf(way.values());
        List<NamedLine> circle = all.subList(all.indexOf(next), all.size());
        if (circle.stream().anyMatch(line -> wrong.containsKey(line.id()))) {
          errors.add(circle(circle));
        }
      }
    }
    return errors;
  }

  private static @Nullable NamedLine source(
      NamedLine line, Map<String, NamedLine> wrong, StagedInput input, StagedOrders orders) {
    String source = line.source();
    long number = source == null ? 0 : input.numberOf(source);
    NamedLine found = wrong.get(source);
    return found != null || number == 0 || source == null
        ? found
        : named(source, orders.get(number)).named();
  }

  private static LineError twice(long line, String id, long before) {
    return new LineError(
        line,
        "id",
        id,
        Message.of(
            "stands already in line {0}; each id may stand once, since it names the row and its"
                + " video",
            before));
  }

  /** The same order, which must have that id: only hashes were compared so far. */
  private static StagedOrders.Staged named(String id, StagedOrders.Staged order) {
    if (!order.id().equals(id)) {
      throw new LedgerException(
          Message.of(
              "the ids '{0}' and '{1}' have one hash, so they cannot be told apart; change one of"
                  + " them. Nothing was sent",
              id, order.id()));
    }
    return order;
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
                  Message.of(
                      "was already sent and paid for ({0}) and now asks for something else; give the"
                          + " line a new id to order it as well, or use another --batch",
                      row.getString("task_id") == null
                          ? row.getString("state")
                          : row.getString("task_id"))));
        },
        input);
    return List.copyOf(byLine.values());
  }

  private List<LineError> wrongSources(StagedInput input, StagedOrders orders) {
    List<LineError> errors = new ArrayList<>();
    Chains.Builder builder = new Chains.Builder();
    List<Long> gone = new ArrayList<>();
    orders.forEachLinked(
        input::numberOf,
        order -> {
          String id = Objects.requireNonNull(order.source());
          long number = input.numberOf(id);
          if (number == 0) {
            errors.add(unknownSource(order.line(), id));
            gone.add(order.number());
          } else {
            builder.add(order.number(), number);
            StagedOrders.Staged source = named(id, orders.get(number));
            errors.addAll(
                rules.errors(order.line(), id, order.order(), source.line(), source.order()));
          }
        });
    Chains chains = builder.build();
    for (long number : chains.below(gone)) {
      StagedOrders.Staged order = orders.get(number);
      errors.add(
          new LineError(
              order.line(),
              "source",
              Objects.requireNonNullElse(order.source(), ""),
              Message.of(
                  "cannot be made: line {0} has no source itself",
                  orders.get(chains.sourceOf(number)).line())));
    }
    chains
        .circles()
        .forEach(
            circle ->
                errors.add(circle(circle.stream().map(each -> orders.get(each).named()).toList())));
    return errors.stream().distinct().toList(); // variants of a line have the same
  }

  private static LineError unknownSource(long line, String source) {
    return new LineError(
        line,
        "source",
        source,
        Message.of(
            "is neither the id of a correct line of this file nor a task id of the gateway"
                + " (sora-2:task_…, grok:…, video_…)"));
  }

  private static LineError circle(List<NamedLine> found) {
    NamedLine first = Collections.min(found, Comparator.comparing(NamedLine::line));
    List<NamedLine> circle = new ArrayList<>(found);
    Collections.rotate(circle, -circle.indexOf(first));
    return new LineError(
        first.line(),
        "source",
        Objects.requireNonNullElse(first.source(), ""),
        Message.of(
            "these lines wait for each other: {0} → {1}; one of them must start from a finished"
                + " video",
            circle.stream().map(NamedLine::id).collect(Collectors.joining(" → ")), first.id()));
  }
}
