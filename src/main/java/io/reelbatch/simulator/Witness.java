package io.reelbatch.simulator;

/**
 * Is told how far each request has come, on the thread that serves it: the request goes on when the
 * witness returns. Requests are served at the same time, so a witness must be thread-safe.
 */
@FunctionalInterface
public interface Witness {

  /** A request has come to this moment. What it throws costs the client its answer. */
  void sees(Moment moment);
}
