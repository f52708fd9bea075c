package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.MoveDesk;
import io.reelbatch.ledger.Moved;
import io.reelbatch.model.OneLine;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is done with a ledger as a whole. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Works on the ledger of a home as a whole: see 'ledger move --help'.")
final class LedgerCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), ReelbatchCommand.phrases(spec).say("ledger.what"));
  }

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = {
        "Moves the ledger from the home's own file to the PostgreSQL server that"
            + " spring.datasource.url (SPRING_DATASOURCE_URL, _USERNAME, _PASSWORD) names.",
        "All of it or nothing: killed at any moment, the same command does the rest. From then on"
            + " every command of this home needs these settings. Sends nothing and needs no key."
      })
  int move(@Mixin HomeOptions home) {
    Phrases phrases = ReelbatchCommand.phrases(spec);
    try {
      MoveDesk.Result result = new MoveDesk(home.use("moving its ledger", Map.of())).move();
      Moved moved = result.moved();
      spec.commandLine()
          .getOut()
          .println(
              OneLine.of(
                  moved == null
                      ? phrases.say("ledger.there", result.place())
                      : phrases.say(
                          "ledger.moved",
                          result.place(),
                          moved.batches(),
                          moved.rows(),
                          moved.attempts(),
                          moved.tasks())));
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }
}
