package io.reelbatch.collect;

import java.time.Duration;

/**
 * How videos are fetched.
 *
 * @param linkLife how long a link lives of which nobody says so, from the end of its task
 * @param tries how often a video is tried in one run while its links are dead or serve no video
 * @param pause before a video is tried again; doubled each time, up to two minutes
 * @param silence longest wait for the next bytes
 * @param largest bytes of one video at most
 */
public record CollectSettings(
    Duration linkLife, int tries, Duration pause, Duration silence, long largest) {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  /** The pause after so many tries in vain. */
  Duration pauseAfter(int tries) {
    Duration longer = pause.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 20));
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }
}
