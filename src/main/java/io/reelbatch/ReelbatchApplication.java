package io.reelbatch;

import io.reelbatch.cli.ReelbatchCommand;

/** Starts Reelbatch. */
public final class ReelbatchApplication {

  private ReelbatchApplication() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(ReelbatchCommand.execute(args));
  }
}
