package io.reelbatch.model;

import java.util.Locale;

/** What a row asks the gateway to do. Each is a paid request. */
public enum Operation {
  /** A new video from a prompt. */
  CREATE,
  /** A new video from a finished one and a prompt. */
  REMIX,
  /** A finished video, continued. */
  EXTEND;

  /** As it is written in a CSV and in a configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a row must name a source video. */
  public boolean needsSource() {
    return this != CREATE;
  }

  /** Whether the request names a model; a remix takes its source's. */
  public boolean hasModel() {
    return this != REMIX;
  }
}
