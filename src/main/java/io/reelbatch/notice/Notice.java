package io.reelbatch.notice;

import io.reelbatch.model.RowState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What there is to tell. As JSON it is what a webhook gets, with these names in small letters and
 * underscores; others rely on them.
 *
 * @param schema of these names; rises when one changes its meaning or goes
 * @param id of its own for each notice: one that comes twice is to be counted once
 * @param event its {@link Event} in small letters
 * @param run what the run is called in the log
 * @param simulated whether the gateway is the built-in one: nothing is paid
 * @param ending how the run ended, in a word; null while it goes on
 * @param exitCode of the process; null while it goes on
 * @param language of the texts
 * @param title what it is about, in a line
 * @param text what happened, in a line
 * @param states how many lines of the input stand where; empty where that is not known
 * @param money what the batch has cost over all its runs; empty where that is not known
 * @param needs what needs a person, most pressing first
 * @param report where the report lies on that machine; null where none was written
 * @param endedAt null while it goes on
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Notice(
    int schema,
    String id,
    String event,
    String batch,
    String run,
    boolean simulated,
    @Nullable String ending,
    @Nullable Integer exitCode,
    String language,
    String title,
    String text,
    Map<RowState, Long> states,
    List<Cost> money,
    List<Need> needs,
    @Nullable String report,
    String home,
    String host,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** The schema that is written. */
  public static final int SCHEMA = 1;

  /** Copies. */
  public Notice {
    Map<RowState, Long> sorted = new EnumMap<>(RowState.class);
    sorted.putAll(states);
    states = java.util.Collections.unmodifiableMap(sorted);
    money = List.copyOf(money);
    needs = List.copyOf(needs);
  }

  /** What it is told for. */
  public enum Event {
    /** A run has ended. */
    END,
    /** Rows have come into doubt; the run goes on. */
    DOUBT,
    /** Somebody tries whether it arrives. */
    TEST;

    /** As it stands in the notice. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the batch has cost in one currency, by the prices that are configured.
   *
   * @param charged for tasks that the gateway has made
   * @param reserved for requests under way or in doubt: it may or may not be charged
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Cost(String currency, String charged, String reserved) {}

  /**
   * What needs a person.
   *
   * @param command what to type on that machine; null where nothing can be typed
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Need(String title, String text, @Nullable String command) {}
}
