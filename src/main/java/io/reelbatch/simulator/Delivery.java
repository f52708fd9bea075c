package io.reelbatch.simulator;

import java.util.function.IntUnaryOperator;

/**
 * How much of an answer reaches the client before the connection closes. The full length is
 * announced, whatever follows.
 *
 * @param head whether there is any answer
 * @param sent how much follows of a body of that length
 * @param held whether the connection then stays open in silence
 */
record Delivery(boolean head, IntUnaryOperator sent, boolean held) {

  static final Delivery WHOLE = new Delivery(true, length -> length, false);
  static final Delivery HALF = new Delivery(true, length -> length / 2, false);
  static final Delivery NOTHING = new Delivery(false, length -> 0, false);

  /** So many bytes, or all where there are no more. */
  static Delivery first(int bytes) {
    return new Delivery(true, length -> Math.min(bytes, length), false);
  }

  /** So many bytes, then silence until the simulator closes. */
  static Delivery held(int bytes) {
    return new Delivery(true, length -> Math.min(bytes, length), true);
  }
}
