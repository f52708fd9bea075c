package io.reelbatch.report;

import io.reelbatch.ledger.Spent;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Caps;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page tells beyond the lines.
 *
 * @param origin what the gateway is called
 * @param zone in which times are shown
 * @param writtenAt when the report is written
 * @param columns where the input's columns stand that mean something, by their names in the
 *     documentation
 * @param spent what the batch has cost over all its runs
 * @param caps what it may cost
 * @param doubts rows in doubt in the whole batch, lines that left the input included
 * @param troubles why it is not finished
 * @param commands what to type next
 */
public record Briefing(
    BatchName batch,
    String origin,
    Language language,
    ZoneId zone,
    Instant writtenAt,
    Map<String, Integer> columns,
    List<Spent> spent,
    Caps caps,
    long doubts,
    Troubles troubles,
    Commands commands) {

  /** Copies. */
  public Briefing {
    columns = Map.copyOf(columns);
    spent = List.copyOf(spent);
  }

  /**
   * Why a run ended before its batch did, as far as is known.
   *
   * @param halted why sending stopped, and what was seen
   * @param paused kinds of rows that were kept back, and what was seen
   * @param stopped what ended the run: SIGNAL, DEADLINE or PATIENCE
   * @param error what went wrong unexpectedly
   */
  public record Troubles(
      @Nullable HaltCause halted,
      @Nullable Reason seen,
      Map<Kind, Reason> paused,
      @Nullable String stopped,
      @Nullable Message error) {

    /** Nothing is wrong. */
    public static final Troubles NONE = new Troubles(null, null, Map.of(), null, null);
  }
}
