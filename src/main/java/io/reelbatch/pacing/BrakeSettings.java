package io.reelbatch.pacing;

/**
 * When a kind pauses. 0 switches a brake off.
 *
 * @param canaryRefusals refused requests, one at a time, before the first one is accepted; 0: rows
 *     do not go alone either
 * @param doubtsInARow sends in a row that end in doubt
 * @param doubtShare share of the last 100 sends that may end in doubt, 0 to 1
 * @param firstFailures failed tasks before the first one succeeds; until then no more than so many
 *     are under way
 * @param modelUnavailable answers in a row that the model cannot be had
 */
public record BrakeSettings(
    int canaryRefusals,
    int doubtsInARow,
    double doubtShare,
    int firstFailures,
    int modelUnavailable) {

  /** All brakes off. */
  public static final BrakeSettings OFF = new BrakeSettings(0, 0, 0, 0, 0);
}
