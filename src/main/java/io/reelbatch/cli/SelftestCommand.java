package io.reelbatch.cli;

import io.reelbatch.selftest.Certificate;
import io.reelbatch.selftest.Selftest;
import io.reelbatch.selftest.SelftestSettings;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves the promises about money on this machine. */
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills this program again and again while it works at the built-in gateway, starts it again, and"
          + " has the gateway's own log say what was paid twice, lost, or overspent.",
      "Nothing is paid. Ends with 0 if all is as promised, with 1 if not."
    })
final class SelftestCommand implements Callable<Integer> {

  private static final String SERVER = "SPRING_DATASOURCE_";

  @Spec private CommandSpec spec;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "200",
      description = "How often the program is killed (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the rows and where to kill (default: a new one each time).")
  private @Nullable Long seed;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "80",
      description = "Rows of each batch (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "8",
      description = "Paid requests under way at once (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Batches at once (default: one for each processor).")
  private @Nullable Integer parallel;

  @Option(
      names = "--crowd",
      paramLabel = "N",
      defaultValue = "50",
      description = "Starts on one home at the same time (default: ${DEFAULT-VALUE}).")
  private int crowd;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "An empty folder that keeps every ledger, log and result (default: none kept).")
  private @Nullable Path keep;

  @Option(
      names = "--server",
      description =
          "The ledgers of all batches on the PostgreSQL server that SPRING_DATASOURCE_URL names, in"
              + " a database that nothing hangs on (default: a file each).")
  private boolean server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SelftestSettings settings = settings();
    out.println(settings.typed());
    out.flush();
    Certificate certificate = new Selftest(settings, jar(), spec.commandLine().getErr()).run();
    certificate.lines().forEach(out::println);
    out.flush();
    return certificate.holds() ? 0 : 1;
  }

  private SelftestSettings settings() {
    if (keep != null && !isEmpty(keep)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--keep must name an empty folder or a new one, and " + keep + " is not");
    }
    try {
      return new SelftestSettings(
          kills,
          seed == null ? new SecureRandom().nextInt(1_000_000) : seed,
          rows,
          inFlight,
          parallel == null ? Runtime.getRuntime().availableProcessors() : parallel,
          crowd,
          keep,
          server ? namedServer() : Map.of());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Map<String, String> namedServer() {
    Map<String, String> named = new HashMap<>(System.getenv());
    named.keySet().removeIf(name -> !name.startsWith(SERVER));
    if (!named.containsKey(SERVER + "URL")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--server needs SPRING_DATASOURCE_URL, such as jdbc:postgresql://localhost/scratch");
    }
    return named;
  }

  private static boolean isEmpty(Path folder) {
    if (Files.notExists(folder)) {
      return true;
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Path jar() {
    String started = System.getProperty("java.class.path", "");
    Path jar = Path.of(started.split(File.pathSeparator, 2)[0]);
    if (!started.endsWith(".jar") || started.contains(File.pathSeparator) || !Files.exists(jar)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "selftest starts the packaged program: java -jar reelbatch.jar selftest");
    }
    return jar;
  }
}
