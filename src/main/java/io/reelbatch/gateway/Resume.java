package io.reelbatch.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What is already there of a video.
 *
 * @param from so many bytes
 * @param total how long all of it is; null when nobody said
 * @param validator the entity tag or date that it was served under; null when there was none
 */
public record Resume(long from, @Nullable Long total, @Nullable String validator) {

  /** Nothing is there. */
  public static final Resume NOTHING = new Resume(0, null, null);
}
