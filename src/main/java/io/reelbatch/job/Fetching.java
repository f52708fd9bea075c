package io.reelbatch.job;

import io.reelbatch.collect.FetchQueue;
import io.reelbatch.collect.Shelf;
import io.reelbatch.ledger.Videos;
import io.reelbatch.pacing.RunControl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the fetching of videos is, for the rest of the job. */
final class Fetching {

  /** No videos are fetched in this run. */
  static final Fetching NONE = new Fetching(null);

  private final @Nullable Parts parts;

  private record Parts(FetchQueue queue, Shelf shelf, Videos videos, RunControl control) {}

  Fetching(FetchQueue queue, Shelf shelf, Videos videos, RunControl control) {
    this(new Parts(queue, shelf, videos, control));
  }

  private Fetching(@Nullable Parts parts) {
    this.parts = parts;
  }

  /** Whether it ended early, and something is left to fetch. */
  boolean isCutShort() {
    return parts != null
        && (parts.control.stopped().isPresent() || parts.shelf.trouble().isPresent())
        && parts.shelf.lacksAny(parts.videos);
  }

  /** How far it is; empty if no videos are fetched in this run. */
  Optional<Progress.Videos> progress() {
    return Optional.ofNullable(parts)
        .map(some -> some.queue.summary())
        .map(summary -> new Progress.Videos(summary.fetched(), summary.left()));
  }

  /** What came of it; empty if no videos are fetched in this run. */
  Optional<FetchedVideos> summary() {
    if (parts == null) {
      return Optional.empty();
    }
    FetchQueue.Summary summary = parts.queue.summary();
    return Optional.of(
        new FetchedVideos(
            summary.fetched(),
            summary.bytes(),
            summary.givenUp(),
            parts.shelf.trouble().orElse((String) null)));
  }
}
