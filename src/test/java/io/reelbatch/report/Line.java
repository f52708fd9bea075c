package io.reelbatch.report;

import io.reelbatch.ledger.AttemptLine;
import io.reelbatch.ledger.ChainPlace;
import io.reelbatch.ledger.ReportLine;
import io.reelbatch.ledger.SettlementLine;
import io.reelbatch.ledger.VideoFile;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a report, told in the order in which it happens. */
final class Line {

  private final long number;
  private final List<String> cells;
  private int variant;
  private @Nullable RowKey row;
  private RowState state = RowState.PLANNED;
  private @Nullable TaskId task;
  private @Nullable String link;
  private @Nullable Instant linkExpiresAt;
  private @Nullable String thumbnail;
  private @Nullable VideoFile video;
  private @Nullable Reason error;
  private int attempts;
  private @Nullable Instant submittedAt;
  private @Nullable Instant finishedAt;
  private int polls;
  private @Nullable Money cost;
  private @Nullable String raw;
  private @Nullable ChainPlace place;
  private final List<AttemptLine> history = new ArrayList<>();
  private final List<SettlementLine> settlements = new ArrayList<>();

  private Line(long number, List<String> cells) {
    this.number = number;
    this.cells = cells;
    this.row = new RowKey("row-" + number);
  }

  static Line line(long number, String... cells) {
    return new Line(number, List.of(cells));
  }

  Line row(@Nullable String key) {
    row = key == null ? null : new RowKey(key);
    return this;
  }

  Line variant(int which) {
    variant = which;
    return this;
  }

  Line submitted(String at, String taskId) {
    attempts++;
    submittedAt = Instant.parse(at);
    task = new TaskId(taskId);
    return this;
  }

  Line polled(int times) {
    polls = times;
    return this;
  }

  Line finished(String at) {
    finishedAt = Instant.parse(at);
    return this;
  }

  Line link(String url, @Nullable String expiresAt) {
    link = url;
    linkExpiresAt = expiresAt == null ? null : Instant.parse(expiresAt);
    return this;
  }

  Line thumbnail(String url) {
    thumbnail = url;
    return this;
  }

  Line fetched(String file, long bytes, String sha256) {
    video = new VideoFile(file, bytes, sha256);
    return this;
  }

  Line error(String code, String message, @Nullable String messageZh) {
    error = new Reason(code, message, messageZh);
    return this;
  }

  Line cost(String amount, String currency) {
    cost = new Money(new BigDecimal(amount), Currency.getInstance(currency));
    return this;
  }

  Line attempted(AttemptLine attempt) {
    history.add(attempt);
    return this;
  }

  Line settled(SettlementLine word) {
    settlements.add(word);
    return this;
  }

  Line raw(String answer) {
    raw = answer;
    return this;
  }

  Line startingFrom(String source, String top) {
    place = new ChainPlace(new RowKey(source), new RowKey(top));
    return this;
  }

  /** Ends the story. */
  ReportLine is(RowState now) {
    state = now;
    return new ReportLine(
        InputLine.firstPosition(number) + variant,
        cells,
        row,
        state,
        task,
        link,
        linkExpiresAt,
        thumbnail,
        video,
        error,
        attempts,
        submittedAt,
        finishedAt,
        polls,
        cost,
        raw,
        place,
        history,
        settlements);
  }
}
