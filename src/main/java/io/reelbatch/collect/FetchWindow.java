package io.reelbatch.collect;

import java.util.List;

/** Videos that are to be fetched now. Never empty. */
public record FetchWindow(List<WantedVideo> videos) {

  /** Checks the window. */
  public FetchWindow {
    videos = List.copyOf(videos);
    if (videos.isEmpty()) {
      throw new IllegalArgumentException("a window has videos");
    }
  }
}
