package io.reelbatch.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file for the textfile collector of Prometheus' node exporter: replaced in one move, so that it
 * is never read by half, and readable by all, since the exporter is another user. Nothing of what
 * is asked for or was paid for stands in it but counts and sums.
 */
final class Textfile implements Outlet {

  private static final String ENDING = ".prom";

  private final Path file;

  /**
   * A file.
   *
   * @param place it, where the name ends in {@code .prom}, else the folder of files for each batch
   */
  Textfile(Path place, String batch) {
    boolean isFile = String.valueOf(place.getFileName()).endsWith(ENDING);
    this.file = isFile ? place : place.resolve("reelbatch-" + batch + ENDING);
  }

  @Override
  public void put(PrometheusMeterRegistry metrics) throws IOException {
    // Of another ending than the collector looks for.
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.writeString(fresh, metrics.scrape(), StandardCharsets.UTF_8);
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
