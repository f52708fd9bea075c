package io.reelbatch.submit;

import java.util.List;

/** Rows that may be sent, each at a moment that is reserved for it. Never empty. */
public final class SubmitWindow {

  private final List<Departure> departures;

  SubmitWindow(List<Departure> departures) {
    this.departures = List.copyOf(departures);
    if (departures.isEmpty()) {
      throw new IllegalArgumentException("a window has rows");
    }
  }

  List<Departure> departures() {
    return departures;
  }
}
