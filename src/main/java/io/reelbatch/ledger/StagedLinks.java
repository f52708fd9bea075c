package io.reelbatch.ledger;

import io.reelbatch.model.TextHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ids of a staged input, and which of its orders starts from which other. In memory, as numbers
 * alone: an index of a million ids, which come in no order, takes longer than all that asks it.
 *
 * <p>An order goes by its number ({@code staged_order.new_id}). Two ids whose hashes are equal
 * cannot be told apart here; whoever reads the orders compares them.
 */
final class StagedLinks {

  // H2 writes a larger result into a file before it hands out the first of it.
  private static final int PAGE = 5000;
  // Of a line that orders several rows, the further ones: they stand twice if the first does.
  private static final char VARIANT = '#';

  private final NumbersByHash ids = new NumbersByHash();
  private final NumbersByHash rows = new NumbersByHash();
  private final List<Repeat> repeats = new ArrayList<>();
  private long[] linked = new long[16];
  private long[] sources = new long[16];
  private int links;

  /** An order whose id stands at another before it. */
  record Repeat(long first, long again) {}

  private StagedLinks() {}

  /** Reads all orders of the input. */
  static StagedLinks read(JdbcTemplate jdbc, long input) {
    StagedLinks links = new StagedLinks();
    long[] last = {0};
    int[] found = {PAGE};
    while (found[0] == PAGE) {
      found[0] = 0;
      jdbc.query(
          """
          select new_id, row_id, external_id, source_id from staged_order
          where input_id = ? and new_id > ?
          order by new_id
          limit ?
          """,
          row -> {
            found[0]++;
            last[0] = row.getLong(1);
            links.add(last[0], row.getLong(2), row.getString(3), row.getString(4));
          },
          input,
          last[0],
          PAGE);
    }
    return links;
  }

  private void add(long number, long row, @Nullable String id, @Nullable String source) {
    if (row != 0) {
      rows.put(number, row);
    }
    if (id != null) {
      long hash = TextHash.of(id);
      long first = ids.get(hash);
      if (first == 0) {
        ids.put(hash, number);
      } else if (id.indexOf(VARIANT) < 0) {
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

  /** Orders whose ids seem to stand twice, in the order of the lines. */
  List<Repeat> repeats() {
    return repeats;
  }

  boolean areAny() {
    return links > 0;
  }

  /** The first order that seems to have the id; 0 if none has. */
  long numberOf(String id) {
    return ids.get(TextHash.of(id));
  }

  /** By the numbers of the rows that the orders are or will be. */
  Chains ofRows() {
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
