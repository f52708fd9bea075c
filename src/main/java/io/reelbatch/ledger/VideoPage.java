package io.reelbatch.ledger;

import java.util.List;

/**
 * What was found among the next videos.
 *
 * @param videos those that still count: the last ones of rows that succeeded
 * @param upTo number of the last video that was looked at
 * @param isMore whether there may be videos beyond it
 */
public record VideoPage(List<VideoRecord> videos, long upTo, boolean isMore) {

  /** Keeps its own list. */
  public VideoPage {
    videos = List.copyOf(videos);
  }
}
