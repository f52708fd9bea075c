package io.reelbatch.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program under test: the jar, unpacked with Spring Boot's own tool, as processes of its own.
 *
 * <p>Nearly all the time of a selftest is the start of the JVM and of Spring. Unpacked, the classes
 * can come from an archive (CDS) that the first run writes, which halves it.
 */
final class RealProgram {

  private static final Duration LONGEST_UNPACKING = Duration.ofMinutes(2);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Ground ground;
  private final Path jar;
  private final Path archive;

  private RealProgram(Ground ground, Path jar, Path archive) {
    this.ground = ground;
    this.jar = jar;
    this.archive = archive;
  }

  /**
   * Unpacks the jar into the workplace, unless it comes from an unpacked distribution.
   *
   * @throws IllegalStateException if that fails; what the tool said is in the message
   */
  static RealProgram unpacked(Path jar, Ground ground) throws InterruptedException {
    Path folder = ground.folder("program");
    if (Files.isDirectory(jar.toAbsolutePath().resolveSibling("lib"))) {
      return new RealProgram(ground, jar.toAbsolutePath(), folder.resolve("classes.jsa"));
    }
    Path said = folder.resolve("unpacking.txt");
    Path unpacked = folder.resolve("unpacked");
    Process tool =
        ground.start(
            new ProcessBuilder(
                    JAVA,
                    "-Djarmode=tools",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-jar",
                    jar.toAbsolutePath().toString(),
                    "extract",
                    "--destination",
                    unpacked.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile()));
    Path program = unpacked.resolve(String.valueOf(jar.getFileName()));
    if (!tool.waitFor(LONGEST_UNPACKING.toSeconds(), TimeUnit.SECONDS) || !Files.exists(program)) {
      throw new IllegalStateException("cannot unpack " + jar + ": " + text(said));
    }
    return new RealProgram(ground, program, folder.resolve("classes.jsa"));
  }

  /** Starts it in this folder; what it says goes to the file. */
  Process start(Path folder, Path said, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.add(
        Files.exists(archive)
            ? "-XX:SharedArchiveFile=" + archive
            : "-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            // A killed JVM leaves its files behind, in the folder of all programs if it may.
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + folder,
            "-jar",
            jar.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    // The caller's own settings, and his key, are none of the selftest's business.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("REELBATCH_") || name.startsWith("SPRING_"));
    builder.environment().putAll(environment);
    return ground.start(builder);
  }

  /** What a process said, as far as it can be read. */
  static String text(Path said) {
    try {
      return Files.readString(said).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + said, e);
    }
  }
}
