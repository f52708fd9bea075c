package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.pacing.StopCause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs of one process. */
class LauncherIT {

  @TempDir Path folder;

  @Test
  void aSignalAfterARunHasEndedStopsTheNextBeforeItSendsAnything() throws Exception {
    try (BatchWorld world = new BatchWorld(folder).csv("prompt", "a kite")) {
      Launcher launcher = new Launcher();
      assertThat(launcher.run(world.request(), new SilentView()).ending())
          .isEqualTo(Ending.SUCCEEDED);
      assertThat(launcher.isSignalled()).isFalse();

      raise();
      while (!launcher.isSignalled()) {
        Thread.onSpinWait();
      }
      world.csv("prompt", "a dog");
      RunResult next = launcher.run(world.request(), new SilentView());

      assertThat(next.ending()).isEqualTo(Ending.UNFINISHED);
      assertThat(next.stopped()).isEqualTo(StopCause.SIGNAL);
      assertThat(world.sentPrompts()).containsExactly("a kite");
    }
  }

  // By its name, as StopSignals does: javac warns of the class.
  private static void raise() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Object term = signal.getConstructor(String.class).newInstance("TERM");
    signal.getMethod("raise", signal).invoke(null, term);
  }
}
