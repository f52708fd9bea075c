package io.reelbatch.job;

import io.reelbatch.csv.OrderFile;
import io.reelbatch.model.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What decides which rows are let in, and how.
 *
 * @param digest SHA-256 of the file's bytes
 * @param admission digest of everything else: catalogue, defaults, what happens to wrong lines
 */
record InputFingerprint(String digest, String admission) {

  static InputFingerprint of(RunRequest request, Catalogue catalogue, RunProperties run) {
    String admission =
        String.join(
            "\n",
            catalogue.digest(),
            run.createModel(),
            run.extendModel(),
            request.invalid().name());
    try {
      return new InputFingerprint(OrderFile.digestOf(request.file()), sha256(admission));
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "there is no file " + request.file().toAbsolutePath() + "; nothing was sent", e);
    } catch (IOException e) {
      throw new UsageException(
          "cannot read " + request.file().toAbsolutePath() + ": " + e.getMessage(), e);
    }
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
