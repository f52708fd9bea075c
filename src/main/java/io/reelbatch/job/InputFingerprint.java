package io.reelbatch.job;

import io.reelbatch.csv.OrderFile;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.InputRecord;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides which rows are let in, and how.
 *
 * @param digest SHA-256 of the file's bytes
 * @param admission digest of everything else that a person decides: catalogue, defaults, what
 *     happens to wrong lines. Not the day: a file that was let in is not refused in a night on
 *     which a model ends, while tasks of it are paid for and their links live for hours
 * @param stamp by what the file is seen to be untouched; null if that cannot be said
 */
record InputFingerprint(String digest, String admission, @Nullable String stamp) {

  /** A large file whose digest is known, and that nobody touched since, is not read again. */
  static InputFingerprint of(
      RunRequest request,
      Catalogue catalogue,
      RunProperties run,
      CsvProperties csv,
      Batches batches,
      Instant now) {
    String admission =
        String.join(
                "\n",
                catalogue.digest(),
                run.defaults().toString(),
                request.invalid().name(),
                String.valueOf(csv.charset()))
            + (csv.sheet() == null ? "" : "\nsheet " + csv.sheet()); // nothing new without one
    try {
      Optional<String> stamp = OrderFile.stampOf(request.file(), now);
      Optional<String> known = stamp.flatMap(seen -> known(request, batches, seen));
      return new InputFingerprint(
          known.isPresent() ? known.get() : OrderFile.digestOf(request.file()),
          sha256(admission),
          stamp.orElse(null));
    } catch (IOException e) {
      throw new UsageException(
          Message.joined(
              e instanceof NoSuchFileException
                  ? Message.of("there is no file {0}", request.file().toAbsolutePath())
                  : Message.of(
                      "cannot read {0}: {1}",
                      request.file().toAbsolutePath(), DiskTrouble.words(e)),
              Message.of(". Nothing was sent"),
              paid(request, batches)),
          e);
    }
  }

  private static Optional<String> known(RunRequest request, Batches batches, String stamp) {
    return batches
        .find(request.batch())
        .flatMap(batches::activeInput)
        .filter(input -> stamp.equals(input.stamp()))
        .map(InputRecord::digest);
  }

  private static Message paid(RunRequest request, Batches batches) {
    long open =
        batches
            .find(request.batch())
            .map(
                batch ->
                    batches
                        .counts(batch)
                        .of(RowState.SENDING, RowState.ACCEPTED, RowState.IN_DOUBT))
            .orElse(0L);
    return open == 0
        ? Message.NOTHING
        : Message.of(
            ". Batch {0} has {1} paid tasks or doubts that are not at their end; they are kept, and go"
                + " on when the file is back and the same command is given again",
            request.batch(), open);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
