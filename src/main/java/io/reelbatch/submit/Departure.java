package io.reelbatch.submit;

import io.reelbatch.ledger.PlannedRow;
import io.reelbatch.model.Kind;
import io.reelbatch.pacing.ActiveLimit;

/**
 * A row that may go, and when.
 *
 * @param moment from which on its request may leave
 * @param turn as the limit of active tasks gave it
 * @param intended to be told when its intent is committed, or not
 */
record Departure(
    PlannedRow row, Kind kind, long moment, ActiveLimit.Turn turn, Runnable intended) {}
