package io.reelbatch.cli;

/** Who gives the commands. */
final class Operator {

  private Operator() {}

  /** The user's name at the operating system; kept with what was decided. */
  static String name() {
    return System.getProperty("user.name", "unknown");
  }
}
