package io.reelbatch.cli;

import io.reelbatch.simulator.ExtendAnswer;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the built-in gateway by itself. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the built-in gateway by itself, on this machine only, until it is stopped.",
      "Its log is the evidence of what a real gateway would have charged."
    })
final class SimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8787",
      description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Where every request is written; started again with the same file, it knows its tasks.")
  private @Nullable Path log;

  @SuppressWarnings("NullAway.Init") // has a default
  @Option(
      names = "--task-time",
      paramLabel = "TIME",
      defaultValue = "3s",
      description = "Middle time that a task takes (default: ${DEFAULT-VALUE}).")
  private Duration taskTime;

  @Option(
      names = "--spread",
      defaultValue = "0.4",
      description =
          "How far task times differ: sigma of their logarithm (default: ${DEFAULT-VALUE}).")
  private double spread;

  @Option(
      names = "--fail-share",
      defaultValue = "0",
      description = "Share of the tasks that fail, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double failShare;

  @Option(
      names = "--trouble-share",
      defaultValue = "0",
      description =
          "Share of the orders that meet 429, 503, 502 or a lost answer, 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double troubleShare;

  @Option(
      names = "--max-active",
      defaultValue = "0",
      description = "Tasks at once; above that orders get 429 (default: no limit).")
  private int maxActive;

  @SuppressWarnings("NullAway.Init") // has a default
  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "0ms",
      description = "Time that every answer takes (default: ${DEFAULT-VALUE}).")
  private Duration latency;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides which tasks fail and how long they take (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--empty-extend",
      description = "Answer an extension with {}, as the gateway's page shows it.")
  private boolean emptyExtend;

  @SuppressWarnings("NullAway.Init") // has a default
  @Option(
      names = "--key",
      defaultValue = "sk-simulator",
      description = "The key it accepts (default: ${DEFAULT-VALUE}).")
  private String key;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter words = spec.commandLine().getOut();
    try (Simulator simulator = start()) {
      words.println(
          "simulated gateway at " + simulator.baseUrl() + ", nothing is paid; in another shell:");
      words.println(
          "  REELBATCH_GATEWAY_BASE_URL="
              + simulator.baseUrl()
              + " REELBATCH_API_KEY="
              + key
              + " reelbatch run shots.csv");
      words.flush();
      new CountDownLatch(1).await();
    } catch (UncheckedIOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
    return 0;
  }

  private Simulator start() {
    try {
      SimulatorSettings settings =
          SimulatorSettings.defaults()
              .withPort(port)
              .withApiKey(key)
              .withTaskTime(taskTime)
              .withTaskTimeSpread(spread)
              .withFailShare(failShare)
              .withTroubleShare(troubleShare)
              .withMaxActive(maxActive)
              .withSeed(seed)
              .withLatency(latency)
              .withExtendAnswer(emptyExtend ? ExtendAnswer.EMPTY_OBJECT : ExtendAnswer.ID);
      return Simulator.start(log == null ? settings : settings.withLog(log));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
