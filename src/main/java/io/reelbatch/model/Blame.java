package io.reelbatch.model;

/** What a no is about: whether another row, or the same one later, may fare better. */
public enum Blame {
  /** This prompt or its pictures are not allowed; the same again gets the same answer. */
  PROMPT,
  /** What was asked for is wrong in form or value; rows of the same kind may fare no better. */
  ORDER,
  /** The provider could not do it; the same order may go well another time. */
  PROVIDER
}
