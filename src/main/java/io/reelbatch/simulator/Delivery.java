package io.reelbatch.simulator;

/** How much of an answer reaches the client before the connection closes. */
enum Delivery {
  WHOLE,
  /** The full length is announced, half of the body follows. */
  HALF,
  NOTHING
}
