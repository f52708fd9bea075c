package io.reelbatch.collect;

import io.reelbatch.ledger.VideoFile;
import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a try to fetch a video came to. Each carries the video as it is known then. */
sealed interface Taken {

  VideoRecord video();

  /** It is there, whole. */
  record Whole(VideoRecord video, VideoFile file) implements Taken {}

  /** A no: the link is dead, or what it serves is no video. */
  record Refused(VideoRecord video, Reason reason) implements Taken {}

  /**
   * It broke off; what came is kept.
   *
   * @param grown bytes that are new
   * @param pause how long the server asked to wait; null when it did not say
   */
  record Broken(VideoRecord video, Reason reason, long grown, @Nullable Duration pause)
      implements Taken {}

  /** Its link is dead, and its task may be asked after only in so long. */
  record Waits(VideoRecord video, Duration pause) implements Taken {}

  /** The run is to stop, or nothing more can be written. */
  record Stopped(VideoRecord video) implements Taken {}
}
