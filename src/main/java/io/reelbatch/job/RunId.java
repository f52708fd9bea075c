package io.reelbatch.job;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What one run is called wherever it leaves a trace: in the lines of the log, in {@code
 * status.json}, in Spring Batch's own records, in notices. Drawn at its start; no two are alike.
 */
record RunId(String value) {

  static RunId fresh() {
    return new RunId(
        String.format(Locale.ROOT, "%012x", new SplittableRandom().nextLong() & 0xffff_ffff_ffffL));
  }

  @Override
  public String toString() {
    return value;
  }
}
