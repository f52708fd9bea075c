package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import io.reelbatch.model.TextHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An input on its way in, and what is held of it in memory: its ids, which of its orders starts
 * from which other, and of what kinds they are. As numbers alone: an index of a million ids, which
 * come in no order, takes longer than all that asks it. At most some 100 bytes for each line, for
 * as long as the load takes.
 *
 * <p>An order goes by its number ({@code staged_order.new_id}). Two ids whose hashes are equal
 * cannot be told apart here; whoever reads the orders compares them. Not thread-safe.
 */
public final class StagedInput {

  // H2 writes a larger result into a file before it hands out the first of it.
  private static final int PAGE = 5000;
  // Of a line that orders several rows, the further ones: they stand twice if the first does.
  private static final char VARIANT = '#';

  private final long id;
  private final Occurrences occurrences = new Occurrences();
  private Set<String> kinds = new LinkedHashSet<>();
  private NumbersByHash ids = new NumbersByHash();
  private NumbersByHash rows = new NumbersByHash();
  private List<Repeat> repeats = new ArrayList<>();
  private long[] linked = new long[16];
  private long[] sources = new long[16];
  private int links;

  /** An order whose id stands at another before it. */
  record Repeat(long first, long again) {}

  /** One of which nothing is staged so far. */
  StagedInput(long id) {
    this.id = id;
  }

  /** Its number in the ledger. */
  public long id() {
    return id;
  }

  /** Which of its lines ask for the same. */
  Occurrences occurrences() {
    return occurrences;
  }

  /** An order was staged, or is known to be. */
  void add(long number, long row, @Nullable String itsId, @Nullable String source, String kind) {
    kinds.add(kind);
    if (row != 0) {
      rows.put(number, row);
    }
    if (itsId != null) {
      long hash = TextHash.of(itsId);
      long first = ids.get(hash);
      if (first == 0) {
        ids.put(hash, number);
      } else if (itsId.indexOf(VARIANT) < 0) {
        repeats.add(new Repeat(first, number));
      }
    }
    if (source != null) {
      if (links == linked.length) {
        linked = Arrays.copyOf(linked, links * 2);
        sources = Arrays.copyOf(sources, links * 2);
      }
      linked[links] = number;
      sources[links++] = TextHash.of(source);
    }
  }

  /** Orders were taken out, or were given the rows that they are. */
  void readAgain(JdbcTemplate jdbc) {
    kinds = new LinkedHashSet<>();
    ids = new NumbersByHash();
    rows = new NumbersByHash();
    repeats = new ArrayList<>();
    links = 0;
    long[] last = {0};
    int[] found = {PAGE};
    while (found[0] == PAGE) {
      found[0] = 0;
      jdbc.query(
          """
          select new_id, row_id, external_id, source_id, kind from staged_order
          where input_id = ? and new_id > ?
          order by new_id
          limit ?
          """,
          row -> {
            found[0]++;
            last[0] = row.getLong(1);
            add(last[0], row.getLong(2), row.getString(3), row.getString(4), row.getString(5));
          },
          id,
          last[0],
          PAGE);
    }
  }

  /** Of what kinds its orders are. */
  List<Kind> kinds() {
    return kinds.stream().map(Kind::new).toList();
  }

  /** Orders whose ids seem to stand twice, in the order of the lines. */
  List<Repeat> repeats() {
    return repeats;
  }

  /** Whether any order starts from another. */
  boolean hasLinks() {
    return links > 0;
  }

  /** The first order that seems to have the id; 0 if none has. */
  long numberOf(String itsId) {
    return ids.get(TextHash.of(itsId));
  }

  /** What starts from what, by the numbers of the rows that the orders are or will be. */
  Chains chainsOfRows() {
    Chains.Builder chains = new Chains.Builder();
    for (int i = 0; i < links; i++) {
      long source = ids.get(sources[i]);
      if (source != 0) {
        chains.add(row(linked[i]), row(source));
      }
    }
    return chains.build();
  }

  private long row(long number) {
    long known = rows.get(number);
    return known == 0 ? number : known;
  }
}
