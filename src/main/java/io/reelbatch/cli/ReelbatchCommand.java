package io.reelbatch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The top of the command line. */
@Command(
    name = "reelbatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Turns a CSV of prompts into videos at a paid gateway, and never pays twice for a row.",
      "Killed at any moment, the same command goes on where it was."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every row succeeded, or there was nothing to do",
      "3:finished; some rows failed, were refused, lost or skipped: read the report",
      "7:finished, but rows are in doubt: only a person can settle them",
      "6:not finished (signal, deadline, patience): run again",
      "5:sending stopped (key, balance, address, cap, brake): mend that, run again",
      "4:the input was rejected, nothing was sent: mend the CSV",
      "1:unexpected error, the state is safe: look at the log, run again",
      "2:wrong usage or configuration: mend it",
      "75:the home is in use by another run: run again later"
    },
    footer = {
      "",
      "The start script also knows 'prepare': once after installing, for quicker starts."
    })
public final class ReelbatchCommand implements Runnable {

  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("init", InitCommand.class);
    COMMANDS.put("check", CheckCommand.class);
    COMMANDS.put("status", StatusCommand.class);
    COMMANDS.put("batches", StatusCommand.class); // its other name
    COMMANDS.put("doubt", DoubtCommand.class);
    COMMANDS.put("again", AgainCommand.class);
    COMMANDS.put("models", ModelsCommand.class);
    COMMANDS.put("notify", NotifyCommand.class);
    COMMANDS.put("simulate", SimulateCommand.class);
    COMMANDS.put("selftest", SelftestCommand.class);
    COMMANDS.put("help", CommandLine.HelpCommand.class);
  }

  @Spec private CommandSpec spec;

  /**
   * Runs the command line.
   *
   * @return the exit code of the process
   */
  public static int execute(String... args) {
    CommandLine line = new CommandLine(new ReelbatchCommand());
    commands(args).forEach(line::addSubcommand);
    line.registerConverter(Duration.class, DurationStyle::detectAndParse);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(args);
  }

  // Reading the options of a command is reflection; most starts need those of one alone.
  private static Stream<Class<?>> commands(String... args) {
    String first = args.length == 0 ? "" : args[0];
    Class<?> named = COMMANDS.get(first);
    if (named == null || named == CommandLine.HelpCommand.class) {
      return first.equals("--version") ? Stream.empty() : COMMANDS.values().stream().distinct();
    }
    return Stream.of(named);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "What should be done? To begin: init, then run shots.csv --simulate");
  }
}
