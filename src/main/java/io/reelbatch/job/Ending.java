package io.reelbatch.job;

import java.util.Locale;

/** How a run ends, in rising order: when several apply, the later one counts. */
public enum Ending {
  /** Every row succeeded, or there was nothing to do. */
  SUCCEEDED(0),
  /** Finished; some rows failed, were refused, lost or skipped. */
  SOME_FAILED(3),
  /** Finished, but rows are in doubt. */
  IN_DOUBT(7),
  /** Not finished: signal, deadline or patience. The same command goes on. */
  UNFINISHED(6),
  /** Sending stopped: key, balance, address, cap or brake. Mend that; the same command goes on. */
  HALTED(5),
  /** The input was rejected; nothing was sent. */
  REJECTED(4),
  /** An unexpected error; the state is safe. */
  ERROR(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** The home is in use by another run. */
  LOCKED(75);

  private final int code;

  Ending(int code) {
    this.code = code;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }

  /** Whether all was done that could be. */
  public boolean isComplete() {
    return compareTo(IN_DOUBT) <= 0;
  }

  /** The same in a word, as a program may read it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
