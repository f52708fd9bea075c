package io.reelbatch.notice;

/** When somebody wants to be told. */
public enum Occasion {
  /** Of every run that had something to do. */
  ALWAYS,
  /** Of those alone that did not end with everything done. */
  TROUBLE
}
