package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Moment;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class TrapTest {

  @Test
  void itKillsAtTheNthRequestThatComesToTheMoment() {
    try (Simulator gateway = Simulator.start(SimulatorSettings.defaults())) {
      Trap trap = new Trap(gateway);
      Victim victim = new Victim();
      trap.set(new KillPlan(KillPoint.MADE, 2, 0), victim);

      trap.sees(Moment.SEND_DECIDED);
      trap.sees(Moment.SEND_ANSWERED);
      assertThat(victim.isAlive()).isTrue();

      trap.sees(Moment.SEND_DECIDED);
      assertThat(victim.isAlive()).isFalse();
      assertThat(trap.clear()).isTrue();
    }
  }

  @Test
  void itLetsARunGoThatNeverComesThere() {
    try (Simulator gateway = Simulator.start(SimulatorSettings.defaults())) {
      Trap trap = new Trap(gateway);
      Victim victim = new Victim();
      trap.set(new KillPlan(KillPoint.POLLED, 2, 0), victim);

      trap.sees(Moment.QUERY_ARRIVED);

      assertThat(trap.clear()).isFalse();
      trap.sees(Moment.QUERY_ARRIVED);
      assertThat(victim.isAlive()).isTrue();
    }
  }

  /** A process that dies when it is killed. */
  private static final class Victim extends Process {

    private boolean alive = true;

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public Process destroyForcibly() {
      destroy();
      return this;
    }

    @Override
    public void destroy() {
      alive = false;
    }

    @Override
    public int waitFor() {
      return exitValue();
    }

    @Override
    public int exitValue() {
      return 137;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }
  }
}
