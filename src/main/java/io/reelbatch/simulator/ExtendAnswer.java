package io.reelbatch.simulator;

/** What a successful extend answers. The task is made and charged either way. */
public enum ExtendAnswer {
  /**
   * An id and a status, like create. Assumed: gateways of the same family answer so; the page of
   * this one shows only {@link #EMPTY_OBJECT}.
   */
  ID,
  /** {@code {}}: paid, and no id to ask by. Wire: 004_6e4607a80ea57ce1.txt. */
  EMPTY_OBJECT
}
