package io.reelbatch.gateway;

import java.time.Duration;

/**
 * How videos are fetched.
 *
 * @param silence longest wait for the first byte of a video, and for each next one
 * @param connections videos that can be under way at the same time
 */
public record FetchSettings(Duration silence, int connections, Reach reach) {

  /** Where a link may lead. */
  public enum Reach {
    /** To public addresses, and to the gateway's own host and port. */
    PUBLIC,
    /** Also into the network of this machine. */
    ANYWHERE
  }
}
