package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Spent;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where a batch stands. As JSON it is what a run publishes and what {@code status --json} prints,
 * with these names in small letters and underscores; others rely on them.
 *
 * @param at as of when
 * @param states how many rows are in which state; those that left the input are WITHDRAWN
 * @param money what it has cost, for each currency; empty when no price was known
 * @param waiting rows that wait for others; null while a run goes on, which does not count them
 * @param secondsLeft how long the rows that can move take to be made, about: at the pace of the run
 *     that goes on, or by what the newest tasks took; null if that is not known
 * @param run the run that goes on or, if none does, the last one that had something to do
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Standing(
    String batch,
    Instant at,
    Map<RowState, Long> states,
    List<Cost> money,
    @Nullable Waits waiting,
    @Nullable Long secondsLeft,
    @Nullable Run run) {

  public Standing {
    Map<RowState, Long> sorted = new EnumMap<>(RowState.class);
    sorted.putAll(states);
    states = java.util.Collections.unmodifiableMap(sorted);
    money = List.copyOf(money);
  }

  /** The same as counts. */
  public Counts counts() {
    return new Counts(states);
  }

  /**
   * What the batch has cost in one currency, over all its runs.
   *
   * @param amount all that is spent, reserved or in doubt: what caps count
   * @param open the part that may or may not be charged; null while a run goes on, which does not
   *     add that up
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Cost(String currency, String amount, @Nullable String open) {

    static Cost of(Spent spent) {
      Money all = spent.charged().plus(spent.open());
      return new Cost(
          all.currency().getCurrencyCode(),
          all.amount().toPlainString(),
          spent.open().amount().toPlainString());
    }

    static Cost of(Money committed) {
      return new Cost(
          committed.currency().getCurrencyCode(), committed.amount().toPlainString(), null);
    }
  }

  /**
   * Rows that start from the video of another row and wait for it.
   *
   * @param rows how many
   * @param forDoubts those of them that wait for a row in doubt, at whatever remove
   * @param longestChain how many rows are still to be made one after the other, at most
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Waits(long rows, long forDoubts, int longestChain) {}

  /**
   * A run of the batch.
   *
   * @param id what it is called in the log; null where only the ledger tells of it
   * @param pid its process; null where only the ledger tells of it
   * @param endedAt null while it goes on, and for good if it was killed
   * @param ending null while it goes on; what became of it afterwards
   * @param exitCode null while it goes on, and where only the ledger tells of it
   * @param rowsPerMinute rows that came to an end, a minute, since it began; null if none did
   * @param stopped why it sent nothing more; null if it did not stop sending
   * @param paused kinds of rows that were kept back, each with the reason
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Run(
      @Nullable String id,
      @Nullable Long pid,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String ending,
      @Nullable Integer exitCode,
      @Nullable Double rowsPerMinute,
      @Nullable Stop stopped,
      Map<String, Stop> paused) {

    public Run {
      paused = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(paused));
    }
  }

  /**
   * Why sending stopped, or a kind of rows was kept back.
   *
   * @param cause its name, which stays the same
   * @param message the same for people, with the gateway's own words
   * @param messageZh the same in Chinese; null where an older run published it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Stop(String cause, String message, @Nullable String messageZh) {}
}
