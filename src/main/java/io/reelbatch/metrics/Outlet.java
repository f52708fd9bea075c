package io.reelbatch.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;

/** Somewhere that the whole of the metrics is put, again and again. */
interface Outlet {

  /**
   * Puts them there in place of what was there. Blocks for a few seconds at most.
   *
   * @throws IOException if that was not possible
   */
  void put(PrometheusMeterRegistry metrics) throws IOException;

  /** What it is called when something is wrong with it; no secret. */
  @Override
  String toString();
}
