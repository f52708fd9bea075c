package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Message;
import io.reelbatch.model.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The orders of a staged input, by their numbers. Remembers the latest few thousand, since a source
 * mostly stands near what starts from it. Not thread-safe.
 */
final class StagedOrders {

  private static final int PAGE = 1000;
  private static final int REMEMBERED = 8 * PAGE;
  private static final String COLUMNS =
      "select new_id, position, external_id, source_id, order_json from staged_order where ";
  private static final RowMapper<Staged> STAGED =
      (row, n) ->
          new Staged(
              row.getLong(1),
              InputLine.lineAt(row.getLong(2)),
              row.getString(3),
              row.getString(4),
              row.getString(5));

  private final JdbcTemplate jdbc;
  private final long input;
  private final Map<Long, Staged> remembered = new LinkedHashMap<>();

  /** One of them. */
  static final class Staged {

    private final long number;
    private final long line;
    private final @Nullable String id;
    private final @Nullable String source;
    private final String json;
    private @Nullable Order order;

    Staged(long number, long line, @Nullable String id, @Nullable String source, String json) {
      this.number = number;
      this.line = line;
      this.id = id;
      this.source = source;
      this.json = json;
    }

    long number() {
      return number;
    }

    long line() {
      return line;
    }

    /** Empty if it has none. */
    String id() {
      return id == null ? "" : id;
    }

    /** The id of the line that it starts from; null if it starts from none. */
    @Nullable String source() {
      return source;
    }

    /** As others name it. */
    NamedLine named() {
      return new NamedLine(line, id(), source);
    }

    Order order() {
      if (order == null) {
        order = OrderJson.read(json);
      }
      return order;
    }
  }

  StagedOrders(JdbcTemplate jdbc, long input) {
    this.jdbc = jdbc;
    this.input = input;
  }

  /**
   * Hands over all that start from another line, in order; their sources are at hand meanwhile.
   *
   * @param sources the number of the order with an id; 0 for none
   */
  void forEachLinked(Function<String, Long> sources, Consumer<Staged> visitor) {
    long last = 0;
    for (List<Staged> page = after(last); !page.isEmpty(); page = after(last)) {
      last = page.get(page.size() - 1).number();
      remember(page);
      List<Staged> linked = page.stream().filter(staged -> staged.source() != null).toList();
      fetch(linked.stream().map(Staged::source).map(sources).distinct().toList());
      linked.forEach(visitor);
      forgetOldest();
    }
  }

  private List<Staged> after(long number) {
    return jdbc.query(
        COLUMNS + "input_id = ? and new_id > ? order by new_id limit ?",
        STAGED,
        input,
        number,
        PAGE);
  }

  private void fetch(Collection<Long> numbers) {
    List<Long> missing =
        new ArrayList<>(
            numbers.stream().filter(each -> each != 0 && !remembered.containsKey(each)).toList());
    if (!missing.isEmpty()) {
      String marks = missing.stream().map(each -> "?").collect(Collectors.joining(", "));
      remember(jdbc.query(COLUMNS + "new_id in (" + marks + ")", STAGED, missing.toArray()));
    }
  }

  private void remember(List<Staged> some) {
    some.forEach(staged -> remembered.put(staged.number(), staged));
  }

  private void forgetOldest() {
    var oldest = remembered.keySet().iterator();
    for (int over = remembered.size() - REMEMBERED; over > 0; over--) {
      oldest.next();
      oldest.remove();
    }
  }

  /** The order with that number, which there is. */
  Staged get(long number) {
    if (!remembered.containsKey(number)) {
      fetch(List.of(number));
    }
    Staged staged = remembered.get(number);
    if (staged == null) {
      throw new LedgerException(Message.of("the ledger has lost a line that is staged"));
    }
    return staged;
  }
}
