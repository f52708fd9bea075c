package io.reelbatch.job;

import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT ask the run to stop and do nothing else. A shutdown hook would be too late: by
 * then Spring and H2 close the database under the answers that are still to come. A second signal
 * ends the process at once; what was under way is in doubt then.
 *
 * <p>Reaches {@code sun.misc.Signal} (module {@code jdk.unsupported}, there on 17 and 25) by its
 * name: javac warns of it in a way that nothing can silence.
 */
final class StopSignals {

  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
  private static final int SIGNALLED = 128;

  private StopSignals() {}

  static void install(RunControl control) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object stop =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (!method.getName().equals("handle")) {
                  return method.getName().equals("hashCode") ? 0 : proxy == arguments[0];
                }
                if (control.stopped().isPresent()) {
                  Runtime.getRuntime()
                      .halt(SIGNALLED + (int) signal.getMethod("getNumber").invoke(arguments[0]));
                }
                control.stop(StopCause.SIGNAL);
                return null;
              });
      for (String name : new String[] {"TERM", "INT"}) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), stop);
      }
    } catch (ReflectiveOperationException e) {
      log.warn(
          "this Java cannot tell us of SIGTERM: a stopped run leaves what was under way in doubt",
          e);
    }
  }
}
