package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The lines of a staged input that start from another line, read page by page. */
final class StagedLinks {

  // H2 writes a larger result into a file before it hands out the first of it.
  private static final int PAGE = 1000;

  private static final RowMapper<Link> LINK =
      (row, n) ->
          new Link(
              row.getLong("position"),
              row.getLong("id"),
              row.getString("source_id"),
              row.getString("order_json"),
              row.getObject("source_position", Long.class),
              row.getLong("source"),
              row.getString("source_order"));

  private final JdbcTemplate jdbc;
  private final long input;

  /**
   * A line and the one that it starts from.
   *
   * @param row the number that its row has or will have
   * @param source the id of the other as it stands in the file
   * @param sourcePosition null if no line has that id
   * @param sourceRow 0 if no line has that id
   */
  record Link(
      long position,
      long row,
      String source,
      String order,
      @Nullable Long sourcePosition,
      long sourceRow,
      @Nullable String sourceOrder) {
    long line() {
      return InputLine.lineAt(position);
    }
  }

  StagedLinks(JdbcTemplate jdbc, long input) {
    this.jdbc = jdbc;
    this.input = input;
  }

  /** In the order of the lines. A line comes once, whether its source's id stands twice or not. */
  void forEach(Consumer<Link> consumer) {
    long last = 0;
    for (List<Link> page = after(last); !page.isEmpty(); page = after(last)) {
      for (Link link : page) {
        if (link.position() != last) {
          consumer.accept(link);
        }
        last = link.position();
      }
    }
  }

  private List<Link> after(long position) {
    return jdbc.query(
        """
        select s.position, coalesce(s.row_id, s.new_id) as id, s.source_id, s.order_json,
               p.position as source_position, coalesce(p.row_id, p.new_id) as source,
               p.order_json as source_order
        from staged_order s
        left join staged_order p on p.input_id = s.input_id and p.external_id = s.source_id
        where s.input_id = ? and s.position > ? and s.source_id is not null
        order by s.input_id, s.position
        limit ?
        """,
        LINK,
        input,
        position,
        PAGE);
  }
}
