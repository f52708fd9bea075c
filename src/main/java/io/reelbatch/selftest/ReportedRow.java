package io.reelbatch.selftest;

/**
 * What a line of the results says.
 *
 * @param prompt as it stands in the input
 * @param state the program's word for where the row stands
 * @param task id at the gateway; empty if the row has none
 */
record ReportedRow(String prompt, String state, String task) {

  /** Whether the program says that it does not know if this was paid. */
  boolean isInDoubt() {
    return state.equals("IN_DOUBT");
  }

  /** Whether it is under way, which no finished report may say. */
  boolean isOpen() {
    return state.equals("SENDING") || state.equals("ACCEPTED");
  }
}
