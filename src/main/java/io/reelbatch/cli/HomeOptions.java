package io.reelbatch.cli;

import io.reelbatch.job.Companion;
import io.reelbatch.job.Home;
import io.reelbatch.job.HomeUse;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that works with a home. */
final class HomeOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--simulate",
      description =
          "Work against the built-in gateway: nothing is paid, no key is needed, and state and results"
              + " are kept apart from real runs.")
  private boolean simulate;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Folder of the state (default: $STATE_DIRECTORY, else $XDG_STATE_HOME/reelbatch, else"
              + " ~/.local/state/reelbatch).")
  private @Nullable Path home;

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long to wait while another run uses the home (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // has a default
  private Duration lockWait;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any setting of application.yml, for example reelbatch.poll.interval=20s.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--verbose",
      description =
          "Log what is done at each step; never a key, and never a request as it is sent.")
  private boolean verbose;

  /** Every user of the machine can read a command line. */
  static void refuseSecrets(Map<String, String> set, CommandSpec spec) {
    for (String name : set.keySet()) {
      if (isKey(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))) {
        throw Mistakes.of(
            spec.commandLine(),
            Message.of(
                "The API key cannot be given on the command line, where every user of this machine"
                    + " can read it: use REELBATCH_API_KEY or REELBATCH_API_KEY_FILE. Nothing was"
                    + " sent"));
      } else if (name.equalsIgnoreCase("spring.datasource.password")
          || String.valueOf(set.get(name)).toLowerCase(Locale.ROOT).contains("password=")) {
        throw Mistakes.of(
            spec.commandLine(),
            Message.of(
                "The password of the ledger cannot be given on the command line, where every user of"
                    + " this machine can read it: use SPRING_DATASOURCE_PASSWORD. Nothing was sent"));
      } else if (name.toLowerCase(Locale.ROOT).startsWith("reelbatch.notify.")) {
        throw Mistakes.of(
            spec.commandLine(),
            Message.of(
                "Who is notified cannot be given on the command line: addresses of webhooks are"
                    + " secrets, and every user of this machine can read it. Use application.yml or"
                    + " the environment. Nothing was sent"));
      } else if (name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").endsWith("proxy")
          && set.getOrDefault(name, "").contains("@")) {
        throw Mistakes.of(
            spec.commandLine(),
            Message.of(
                "The password of a proxy cannot be given on the command line, where every user of"
                    + " this machine can read it: use REELBATCH_GATEWAY_PROXY, or"
                    + " REELBATCH_GATEWAY_PROXY_FILE for a file with the whole address. Nothing was"
                    + " sent"));
      }
    }
  }

  private static boolean isKey(String name) {
    return !name.endsWith("file")
        && (name.startsWith("reelbatchapikey") || name.matches("reelbatchaccounts.*apikey"));
  }

  boolean simulated() {
    return simulate;
  }

  /** Where the state is, as it was typed, with a space in front; empty for the usual place. */
  String typed() {
    return (simulate ? " --simulate" : "")
        + (home == null ? "" : " --home " + Shell.word(home.toString()));
  }

  /** What is wanted of the home; the settings of the command's own options win over --set. */
  HomeUse use(String what, Map<String, String> settings) {
    refuseSecrets(set, spec);
    Home chosen = home == null ? Home.standard(System.getenv()) : new Home(home);
    Home own = simulate && home == null ? chosen.simulated() : chosen;
    Map<String, String> all = new LinkedHashMap<>(set);
    all.putAll(settings);
    if (simulate) {
      all.put("spring.datasource.url", ""); // what nobody pays for never meets the real ledger
    }
    AccountName account =
        Optional.ofNullable(all.get("reelbatch.gateway.account"))
            .map(AccountName::new)
            .orElse(AccountName.DEFAULT);
    @Nullable Supplier<Companion> companion =
        simulate ? () -> new BuiltInGateway(own, account) : null;
    if (verbose) {
      all.put("logging.level.io.reelbatch", "debug");
    }
    if (ReelbatchCommand.phrases(spec).language() == Language.ZH) {
      all.put("logging.language.console", "zh");
    }
    return new HomeUse(
        own, lockWait, what, companion, simulate ? BuiltInGateway.ORIGIN : null, all);
  }
}
