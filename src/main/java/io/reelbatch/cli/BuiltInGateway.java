package io.reelbatch.cli;

import io.reelbatch.job.Companion;
import io.reelbatch.job.Home;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The simulator that {@code run --simulate} brings along, with a pace that does not keep a person
 * waiting. It keeps its log in the home, so that a killed run finds its tasks again.
 */
final class BuiltInGateway implements Companion {

  /** What it is called in the ledger: its port differs each time. */
  static final String ORIGIN = Message.of("the built-in simulator (nothing is paid)").toString();

  private static final Duration TASK_TIME = Duration.ofSeconds(2);

  private final Simulator simulator;

  private final AccountName account;

  /** Takes its key as that of the given account. */
  BuiltInGateway(Home home, AccountName account) {
    this.account = account;
    simulator =
        Simulator.start(
            SimulatorSettings.defaults()
                .withTaskTime(TASK_TIME)
                .withLog(home.path().resolve("simulator.jsonl")));
  }

  @Override
  public Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("reelbatch.gateway.base-url", simulator.baseUrl().toString()),
        Map.entry("reelbatch.gateway.account", account.value()),
        Map.entry(
            "reelbatch.accounts." + account + ".api-key", SimulatorSettings.defaults().apiKey()),
        Map.entry("reelbatch.submit.rate", "10/s"),
        Map.entry("reelbatch.poll.first", "1s"),
        Map.entry("reelbatch.poll.interval", "500ms"),
        Map.entry("reelbatch.poll.rate", "100/s"),
        Map.entry("reelbatch.poll.grace", "2s"),
        Map.entry("reelbatch.poll.lost-after", "5s"),
        Map.entry("reelbatch.run.patience", "15s"));
  }

  @Override
  public void close() {
    simulator.close();
  }
}
