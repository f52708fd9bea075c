package io.reelbatch.ledger;

import io.reelbatch.model.RowKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which row each row of an input starts from, and where its chain begins. Thread-safe. */
final class ChainPlaces {

  private final JdbcTemplate jdbc;
  private final long input;
  private @Nullable Chains chains;

  ChainPlaces(JdbcTemplate jdbc, long input) {
    this.jdbc = jdbc;
    this.input = input;
  }

  private record Link(long position, long row, RowKey source) {}

  /** Of the rows of these lines that start from another row, by where these stand. */
  Map<Long, ChainPlace> between(long first, long last) {
    List<Link> links =
        jdbc.query(
            """
            select l.position, r.id, s.row_key
            from input_line l
            join batch_row r on r.id = l.row_id
            join batch_row s on s.id = r.source_row
            where l.input_id = ? and l.position >= ? and l.position <= ?
            """,
            (row, n) ->
                new Link(
                    row.getLong("position"),
                    row.getLong("id"),
                    new RowKey(row.getString("row_key"))),
            input,
            first,
            last);
    if (links.isEmpty()) {
      return Map.of();
    }
    Chains all = chains();
    Map<Long, RowKey> keys =
        keys(links.stream().map(link -> all.topOf(link.row())).distinct().toList());
    Map<Long, ChainPlace> places = new HashMap<>();
    for (Link link : links) {
      RowKey top = keys.getOrDefault(all.topOf(link.row()), link.source());
      places.put(link.position(), new ChainPlace(link.source(), top));
    }
    return places;
  }

  // Once for all pages: walking up from each line would take as often as the chain is long.
  private synchronized Chains chains() {
    if (chains == null) {
      Chains.Builder links = new Chains.Builder();
      jdbc.query(
          """
          select r.id, r.source_row from input_line l join batch_row r on r.id = l.row_id
          where l.input_id = ? and r.source_row is not null
          """,
          row -> {
            links.add(row.getLong("id"), row.getLong("source_row"));
          },
          input);
      chains = links.build();
    }
    return chains;
  }

  private Map<Long, RowKey> keys(List<Long> rows) {
    Map<Long, RowKey> keys = new HashMap<>();
    jdbc.query(
        "select id, row_key from batch_row where id in ("
            + String.join(", ", Collections.nCopies(rows.size(), "?"))
            + ")",
        row -> {
          keys.put(row.getLong("id"), new RowKey(row.getString("row_key")));
        },
        rows.toArray());
    return keys;
  }
}
