package io.reelbatch.cli;

import io.reelbatch.model.Language;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the script by which a shell completes commands and options; one for bash and zsh.",
      "In ~/.bashrc or ~/.zshrc: source <(reelbatch completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {

  /** Shells that know the script. */
  enum Known {
    BASH,
    ZSH
  }

  /** Of an enum; its constants are not what people type. */
  private static final Pattern WORDS = Pattern.compile("(?<=_args=\\()\"[A-Z\" ]+(?=\\))");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash or zsh.")
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // has a default; both are told the same
  private Known shell;

  @Override
  public Integer call() {
    CommandLine whole = ReelbatchCommand.whole(Language.EN);
    whole.addSubcommand("prepare", CommandSpec.create()); // the start script's own
    String script = AutoComplete.bash("reelbatch", whole);
    spec.commandLine()
        .getOut()
        .print(WORDS.matcher(script).replaceAll(words -> words.group().toLowerCase(Locale.ROOT)));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
