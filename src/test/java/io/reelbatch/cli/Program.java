package io.reelbatch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, installed as its README says, as a process of its own. */
final class Program implements AutoCloseable {

  private static final long LONGEST_SECONDS = 300;

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(Path folder, Map<String, String> environment, String... arguments) {
    return start(List.of(), folder, environment, arguments);
  }

  /** None of its files may grow beyond that: what a full disk is to it, without privileges. */
  static Program startWithFullDisk(
      int kilobytes, Path folder, Map<String, String> environment, String... arguments) {
    String limited = "ulimit -f " + 2 * kilobytes + "; exec \"$@\"";
    return start(List.of("sh", "-c", limited, "sh"), folder, environment, arguments);
  }

  private static Program start(
      List<String> before, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.addAll(command(arguments));
    return start(Path.of(""), folder, environment, command);
  }

  /** The words that start it. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Distribution.script().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Any command, in this working directory. */
  static Program start(
      Path directory, Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile(folder, "program", ".out");
      Path err = Files.createTempFile(folder, "program", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("REELBATCH_"));
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(environment);
      return new Program(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code, once it has ended by itself. */
  int exit() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("still running; it said:\n" + out() + err());
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
