package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of the input, or of one of the rows that it orders.
 *
 * @param position where it stands among all that the file orders, see {@link InputLine#position}
 * @param cells the line's cells as they stand in the file, one for each column
 * @param row the row's identity; null for a line that is wrong
 * @param task the gateway's id of the last paid task
 * @param link where the video is, as the gateway gave it
 * @param thumbnail where its picture is, as the gateway gave it
 * @param video its file; null until that is fetched
 * @param error why it did not succeed, or what is missing
 * @param attempts paid requests made for it
 * @param submittedAt when the last of them was about to leave
 * @param finishedAt when the end of its task became known
 * @param cost what it is known to have cost; null when no price is known
 * @param raw the last answer as it came
 * @param place where it stands in its chain; null for a row that starts from no other row
 * @param history all paid requests made for it, in their order
 * @param settlements what people said about it, in their order
 */
public record ReportLine(
    long position,
    List<String> cells,
    @Nullable RowKey row,
    RowState state,
    @Nullable TaskId task,
    @Nullable String link,
    @Nullable Instant linkExpiresAt,
    @Nullable String thumbnail,
    @Nullable VideoFile video,
    @Nullable Reason error,
    int attempts,
    @Nullable Instant submittedAt,
    @Nullable Instant finishedAt,
    int polls,
    @Nullable Money cost,
    @Nullable String raw,
    @Nullable ChainPlace place,
    List<AttemptLine> history,
    List<SettlementLine> settlements) {

  /** Where the row starts in the file, counted from 1 with the header. */
  public long line() {
    return InputLine.lineAt(position);
  }
}
