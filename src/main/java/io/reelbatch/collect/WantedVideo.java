package io.reelbatch.collect;

import io.reelbatch.ledger.VideoRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A video without a file, and how often this run has tried.
 *
 * @param dies when its link is dead, as far as is known
 * @param refused tries that met dead links or no video
 * @param vain tries that brought nothing, for whatever reason
 */
record WantedVideo(VideoRecord video, Instant dies, int refused, int vain) {

  static WantedVideo of(VideoRecord video, Duration linkLife) {
    return new WantedVideo(video, death(video, linkLife), 0, 0);
  }

  private static Instant death(VideoRecord video, Duration linkLife) {
    return video.expiresAt() == null ? video.finishedAt().plus(linkLife) : video.expiresAt();
  }

  /** As it is known now. */
  WantedVideo with(VideoRecord now) {
    return new WantedVideo(now, dies, refused, vain);
  }

  /** After a try that brought some of it. */
  WantedVideo grown(VideoRecord now) {
    return new WantedVideo(now, dies, refused, 0);
  }

  /** After a try that brought nothing. */
  WantedVideo inVain(VideoRecord now) {
    return new WantedVideo(now, dies, refused, vain + 1);
  }

  /** After a try that met a no. */
  WantedVideo refused(VideoRecord now) {
    return new WantedVideo(now, dies, refused + 1, vain + 1);
  }
}
