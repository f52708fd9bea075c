package io.reelbatch.gateway;

import java.io.IOException;

/** The gateway sent more than anyone needs; the rest was not read. */
final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  AnswerTooLongException(int limit) {
    super("the answer is longer than " + limit + " bytes");
  }
}
