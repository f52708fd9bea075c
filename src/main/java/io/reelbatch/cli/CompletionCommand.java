package io.reelbatch.cli;

import io.reelbatch.model.Language;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
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
    String script = AutoComplete.bash("reelbatch", ReelbatchCommand.whole(Language.EN));
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
