package io.reelbatch.job;

import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT ask the run to stop and do nothing else. A shutdown hook would be too late: by
 * then Spring and H2 close the database under the answers that are still to come. A second signal
 * ends the process at once; what was under way is in doubt then.
 */
final class StopSignals {

  private static final int SIGNALLED = 128;

  private StopSignals() {}

  static void install(RunControl control) {
    for (String name : new String[] {"TERM", "INT"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (control.stopped().isPresent()) {
              Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
            }
            control.stop(StopCause.SIGNAL);
          });
    }
  }
}
