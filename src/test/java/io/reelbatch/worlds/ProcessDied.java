package io.reelbatch.worlds;

/** The process is dead: unwinds the threads that it had. Nothing they do on the way counts. */
final class ProcessDied extends Error {

  private static final long serialVersionUID = 1L;

  ProcessDied() {
    super("the process is dead", null, false, false);
  }
}
