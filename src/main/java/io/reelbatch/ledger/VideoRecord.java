package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The finished video of a row, and its file as far as it was fetched.
 *
 * @param id its number in the ledger; later ends have larger ones
 * @param task its task's number in the ledger
 * @param account whose key made it
 * @param link where the gateway said that it is; null when it gave no link
 * @param expiresAt when the link dies; null when nobody said
 * @param finishedAt when its end became known
 * @param file relative to the folder of the results; null until a byte of it came
 * @param bytes how long the file is, or will be; null when nobody said
 * @param validator what it was served under, for going on with it
 * @param sha256 of the whole file; null until it is there
 */
public record VideoRecord(
    long id,
    long task,
    RowKey row,
    TaskId taskId,
    AccountName account,
    Order order,
    @Nullable URI link,
    @Nullable Instant expiresAt,
    Instant finishedAt,
    @Nullable String file,
    @Nullable Long bytes,
    @Nullable String validator,
    @Nullable String sha256) {

  /** Whether its file was there, whole. */
  public boolean isFetched() {
    return sha256 != null;
  }

  /** The same video behind another link. */
  public VideoRecord at(@Nullable URI newLink, @Nullable Instant newExpiry) {
    return new VideoRecord(
        id,
        task,
        row,
        taskId,
        account,
        order,
        newLink,
        newExpiry,
        finishedAt,
        file,
        bytes,
        validator,
        sha256);
  }

  /** The same video with a file that has begun, or is to begin anew. */
  public VideoRecord in(String newFile, @Nullable Long newBytes, @Nullable String newValidator) {
    return new VideoRecord(
        id,
        task,
        row,
        taskId,
        account,
        order,
        link,
        expiresAt,
        finishedAt,
        newFile,
        newBytes,
        newValidator,
        null);
  }
}
