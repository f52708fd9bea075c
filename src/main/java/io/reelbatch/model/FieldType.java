package io.reelbatch.model;

/** How a field of a request is written in a CSV and sent. */
public enum FieldType {
  /** Text, as it is. */
  TEXT,
  /** A whole number, sent as a number. */
  INTEGER,
  /** {@code true} or {@code false}, sent as a boolean. */
  BOOLEAN,
  /** http(s) addresses separated by {@code |} or white space, always sent as an array. */
  URLS
}
