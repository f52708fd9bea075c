package io.reelbatch.report;

import io.reelbatch.model.RowState;

/**
 * The colours of the states in a workbook: blue, orange, yellow and grey, which differ for every
 * eye, all light enough for black letters. The state itself always stands beside its colour.
 */
final class StateColour {

  private static final String BLUE = "CDE5F5";
  private static final String ORANGE = "F9CFA9";
  private static final String YELLOW = "FFF2A8";
  private static final String GREY = "DADADA";
  private static final String WHITE = "FFFFFF";

  private StateColour() {}

  /** As RRGGBB. */
  static String of(RowState state) {
    return switch (state) {
      case SUCCEEDED -> BLUE;
      case FAILED, REFUSED, LOST -> ORANGE;
      case IN_DOUBT -> YELLOW;
      case SKIPPED, WITHDRAWN, INVALID, WRITTEN_OFF -> GREY;
      case PLANNED, SENDING, ACCEPTED -> WHITE;
    };
  }
}
