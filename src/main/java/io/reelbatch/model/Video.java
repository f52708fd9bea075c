package io.reelbatch.model;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a finished video can be fetched.
 *
 * @param link null when the gateway says that the task is done but shows no link
 * @param expiresAt when the link dies, where the gateway or the link itself says so
 */
public record Video(@Nullable URI link, @Nullable URI thumbnail, @Nullable Instant expiresAt) {

  /** The same video where no link was shown. */
  public Video at(URI address) {
    return new Video(address, thumbnail, expiresAt);
  }
}
