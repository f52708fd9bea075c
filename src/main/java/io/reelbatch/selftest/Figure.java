package io.reelbatch.selftest;

/** A line of the certificate. */
enum Figure {
  ORDERS("rows in the CSVs"),
  STARTS("of the program"),
  KILLS("kill -9"),
  SUBMISSIONS("paid requests that reached the gateway"),
  TASKS("made and charged by the gateway"),
  DUPLICATES("orders sent again after an answer, or after a possible charge"),
  LOST("tasks that are charged, and no row knows or explains them"),
  IN_DOUBT("rows of which the program says that it does not know"),
  UNKNOWN_TASKS("tasks that no row knows, each explained by a row in doubt"),
  DOUBT_BY_KILLS("rows in doubt although the gateway spoiled no answer of theirs"),
  BOUND("kills x in-flight: the most that kills may leave in doubt"),
  OVERSPEND("tasks beyond the orders, or beyond --limit where one was given"),
  UNEXPLAINED("input lines that are not exactly once, in order, in results.csv");

  private final String text;

  Figure(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}
