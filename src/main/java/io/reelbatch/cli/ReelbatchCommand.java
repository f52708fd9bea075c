package io.reelbatch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    subcommands = {
      RunCommand.class,
      DoubtCommand.class,
      AgainCommand.class,
      SimulateCommand.class,
      SelftestCommand.class,
      CommandLine.HelpCommand.class
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
    })
public final class ReelbatchCommand implements Runnable {

  @Spec private CommandSpec spec;

  /**
   * Runs the command line.
   *
   * @return the exit code of the process
   */
  public static int execute(String... args) {
    CommandLine line = new CommandLine(new ReelbatchCommand());
    line.registerConverter(Duration.class, DurationStyle::detectAndParse);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "What should be done? To begin: run FILE.csv --simulate");
  }
}
