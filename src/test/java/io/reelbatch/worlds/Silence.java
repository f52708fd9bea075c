package io.reelbatch.worlds;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.OutputStream;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;

/** The program says much about what goes wrong in these tests, all of it on purpose. */
final class Silence {

  private static final PrintStream ERRORS = System.err;

  private Silence() {}

  static void begin() {
    log().setLevel(Level.OFF);
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
  }

  static void end() {
    log().setLevel(null);
    System.setErr(ERRORS);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger("io.reelbatch");
  }
}
