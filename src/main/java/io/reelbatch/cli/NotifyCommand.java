package io.reelbatch.cli;

import io.reelbatch.job.DeskException;
import io.reelbatch.job.NotifyDesk;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who is told how runs go. */
@Command(
    name = "notify",
    mixinStandardHelpOptions = true,
    description = {
      "Lists who is told how runs go (reelbatch.notify.*): webhooks, Feishu, DingTalk, WeCom, Slack.",
      "'notify test NAME' sends a sample. Needs no key and no home."
    })
final class NotifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return atDesk(
        () -> {
          PrintWriter out = spec.commandLine().getOut();
          Phrases phrases = ReelbatchCommand.phrases(spec);
          List<NotifyDesk.Listed> all = new NotifyDesk().list();
          if (all.isEmpty()) {
            out.println(phrases.say("notify.nobody"));
          }
          for (NotifyDesk.Listed one : all) {
            out.println(
                OneLine.of(
                    phrases.say(
                        one.signed() ? "notify.signed" : "notify.one",
                        one.name(),
                        one.kind(),
                        one.when(),
                        one.language())));
          }
        });
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Sends a sample to one of them, and says whether it was taken.")
  int test(@Parameters(paramLabel = "NAME") String name) {
    return atDesk(
        () -> {
          new NotifyDesk().test(name);
          spec.commandLine()
              .getOut()
              .println(OneLine.of(ReelbatchCommand.phrases(spec).say("notify.took", name)));
        });
  }

  private int atDesk(Runnable work) {
    try {
      work.run();
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }
}
