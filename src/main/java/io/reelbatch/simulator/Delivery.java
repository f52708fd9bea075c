package io.reelbatch.simulator;

import java.util.function.IntUnaryOperator;

/**
 * How much of an answer reaches the client before the connection closes. The full length is
 * announced, whatever follows.
 *
 * @param head whether there is any answer
 * @param sent how much follows of a body of that length
 */
record Delivery(boolean head, IntUnaryOperator sent) {

  static final Delivery WHOLE = new Delivery(true, length -> length);
  static final Delivery HALF = new Delivery(true, length -> length / 2);
  static final Delivery NOTHING = new Delivery(false, length -> 0);

  /** So many bytes, or all where there are no more. */
  static Delivery first(int bytes) {
    return new Delivery(true, length -> Math.min(bytes, length));
  }
}
