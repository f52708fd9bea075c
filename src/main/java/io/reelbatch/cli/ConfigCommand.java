package io.reelbatch.cli;

import io.reelbatch.job.ConfigDesk;
import io.reelbatch.job.DeskException;
import io.reelbatch.job.ShownSetting;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Shows what counts, and why. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Lists all settings with the value that a run would use and where it stands: command line,"
          + " environment, file and line, or default.",
      "Keys, passwords and addresses of webhooks are masked. Needs no key and no home."
    })
final class ConfigCommand implements Callable<Integer> {

  private static final int WIDEST = 40;

  @Spec private CommandSpec spec;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "As of 'run', to see what it would do.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Override
  public Integer call() {
    HomeOptions.refuseSecrets(set, spec);
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<ShownSetting> settings = new ConfigDesk(set).list();
      if (json) {
        out.println(
            JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(settings));
      } else {
        print(settings, out);
      }
      return 0;
    } catch (DeskException e) {
      spec.commandLine().getErr().println(OneLine.of(ReelbatchCommand.phrases(spec).say(e.told())));
      return e.ending().code();
    }
  }

  private static void print(List<ShownSetting> settings, PrintWriter out) {
    int name = settings.stream().mapToInt(setting -> setting.name().length()).max().orElse(0);
    int value =
        Math.min(WIDEST, settings.stream().mapToInt(one -> value(one).length()).max().orElse(0));
    String line = "%-" + name + "s  %-" + Math.max(1, value) + "s  %s%n";
    settings.forEach(one -> out.printf(line, one.name(), value(one), OneLine.of(one.origin())));
  }

  private static String value(ShownSetting setting) {
    return setting.value() == null ? "-" : OneLine.of(setting.value());
  }
}
