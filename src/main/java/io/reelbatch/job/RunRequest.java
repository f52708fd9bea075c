package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Language;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for on the command line.
 *
 * @param file the CSV
 * @param out where the results go
 * @param deadline how long the run may go on; null for as long as it takes
 * @param invalid what to do with lines that are wrong
 * @param use what the run wants of its home
 * @param again what is to be ordered once more
 * @param videos what to do with finished videos
 * @param typed how it was asked for
 */
public record RunRequest(
    Path file,
    BatchName batch,
    Path out,
    @Nullable Duration deadline,
    InvalidLines invalid,
    HomeUse use,
    Reordering again,
    FinishedVideos videos,
    Typed typed) {

  /** A run that was asked for by nothing but its file, batch and home, in English. */
  public RunRequest(
      Path file,
      BatchName batch,
      Path out,
      @Nullable Duration deadline,
      InvalidLines invalid,
      HomeUse use,
      Reordering again,
      FinishedVideos videos) {
    this(
        file,
        batch,
        out,
        deadline,
        invalid,
        use,
        again,
        videos,
        new Typed(
            Path.of("").toAbsolutePath(),
            List.of(
                "run",
                file.toString(),
                "--batch",
                batch.value(),
                "--home",
                use.home().path().toString()),
            Language.EN));
  }

  /** A run that leaves the videos where they are. */
  public RunRequest(
      Path file,
      BatchName batch,
      Path out,
      @Nullable Duration deadline,
      InvalidLines invalid,
      HomeUse use,
      Reordering again) {
    this(file, batch, out, deadline, invalid, use, again, FinishedVideos.LEAVE);
  }

  /** A run that orders nothing once more, either. */
  public RunRequest(
      Path file,
      BatchName batch,
      Path out,
      @Nullable Duration deadline,
      InvalidLines invalid,
      HomeUse use) {
    this(file, batch, out, deadline, invalid, use, Reordering.NOTHING);
  }

  Home home() {
    return use.home();
  }
}
