package io.reelbatch.selftest;

/** {@code kill -9}. */
final class Kill {

  private Kill() {}

  /** Kills the process and waits until it is dead. */
  static void nine(Process process) {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
