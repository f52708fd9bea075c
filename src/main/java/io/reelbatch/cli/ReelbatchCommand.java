package io.reelbatch.cli;

import io.reelbatch.model.Durations;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "3:finished; some rows failed, were refused, lost or skipped, or a video could not be"
          + " fetched: read the report",
      "7:finished, but rows are in doubt: only a person can settle them",
      "6:not finished (signal, deadline, patience, no room for the videos): run again",
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

  private static final String LANG = "--lang";
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("init", InitCommand.class);
    COMMANDS.put("check", CheckCommand.class);
    COMMANDS.put("status", StatusCommand.class);
    COMMANDS.put("batches", StatusCommand.class); // its other name
    COMMANDS.put("doubt", DoubtCommand.class);
    COMMANDS.put("again", AgainCommand.class);
    COMMANDS.put("prune", PruneCommand.class);
    COMMANDS.put("ledger", LedgerCommand.class);
    COMMANDS.put("models", ModelsCommand.class);
    COMMANDS.put("config", ConfigCommand.class);
    COMMANDS.put("notify", NotifyCommand.class);
    COMMANDS.put("simulate", SimulateCommand.class);
    COMMANDS.put("selftest", SelftestCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
    COMMANDS.put("help", CommandLine.HelpCommand.class);
  }

  private final Phrases phrases;

  @Spec private CommandSpec spec;

  // Read before all others, see language(): what picocli says of a mistake is in it, too.
  @Option(
      names = LANG,
      paramLabel = "LANG",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Language of what is said and of report.html: en or zh (default: the locale's).")
  @SuppressWarnings("UnusedVariable") // picocli refuses a language that there is not
  private @Nullable Language lang;

  private ReelbatchCommand(Phrases phrases) {
    this.phrases = phrases;
  }

  /** What the commands say, in the language of this command line. */
  static Phrases phrases(CommandSpec spec) {
    return ((ReelbatchCommand) spec.root().userObject()).phrases;
  }

  /**
   * Runs the command line.
   *
   * @return the exit code of the process
   */
  public static int execute(String... args) {
    CommandLine line = line(language(args), commands(args));
    return line.execute(args);
  }

  /** All of the command line, for those who only look at it. */
  static CommandLine whole(Language language) {
    return line(language, COMMANDS.values().stream().distinct());
  }

  private static CommandLine line(Language language, Stream<Class<?>> commands) {
    CommandLine line = new CommandLine(new ReelbatchCommand(new Phrases(language)));
    commands.forEach(line::addSubcommand);
    if (language == Language.ZH) {
      line.setResourceBundle(chineseHelp());
    }
    line.registerConverter(Duration.class, new Times(language));
    line.registerConverter(Path.class, new Paths(language));
    line.setParameterExceptionHandler(new Mistakes());
    line.setOut(new PrintWriter(System.out, true, charset()));
    line.setErr(new PrintWriter(System.err, true, charset()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /**
   * In which what is said is encoded: UTF-8, unless the start script found that none can read it.
   */
  static Charset charset() {
    String said = System.getenv().getOrDefault(Language.VARIABLE, "");
    String name = said.substring(said.indexOf('.') + 1);
    try {
      return said.indexOf('.') < 0 ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  // Classes, not lambdas: a lambda keeps all of picocli out of the archive of classes, since that
  // is compiled for an old Java.

  private record Times(Language language) implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw new Mistakes.Unconvertible(Message.of(e).in(language));
      }
    }
  }

  private record Paths(Language language) implements CommandLine.ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) { // of a variable that is not set: it would be the working directory
        throw new Mistakes.Unconvertible(Message.of("a path is not empty").in(language));
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new Mistakes.Unconvertible(
            Message.of(
                    "the file name '{0}' cannot be read in this locale: set LC_ALL=C.UTF-8, or use the"
                        + " start script",
                    text)
                .in(language));
      }
    }
  }

  // The English texts stand beside what they explain.
  private static ResourceBundle chineseHelp() {
    try (InputStream in = ReelbatchCommand.class.getResourceAsStream("help_zh.properties")) {
      return new PropertyResourceBundle(
          new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Language language(String... args) {
    for (int i = 0; i < args.length; i++) {
      String said =
          args[i].startsWith(LANG + "=")
              ? args[i].substring(LANG.length() + 1)
              : args[i].equals(LANG) && i + 1 < args.length ? args[i + 1] : "";
      for (Language language : Language.values()) {
        if (language.name().equalsIgnoreCase(said)) {
          return language;
        }
      }
    }
    return Language.of(System.getenv(), Locale.getDefault());
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
    throw Mistakes.of(spec.commandLine(), Message.verbatim(phrases.say("what")));
  }
}
