package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.simulator.LoggedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several keys, at a gateway that knows a task under the key that made it and under no other; its
 * log says whose key came with each request.
 */
class AccountsIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void begin() {
    world =
        new BatchWorld(folder)
            .without("reelbatch.api-key")
            .with("reelbatch.accounts.anna.api-key", "sk-simulator-anna")
            .with("REELBATCH_API_KEY_BEN", "sk-simulator-ben");
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aTaskIsAskedAfterWithTheKeyThatMadeItWhateverLaterRunsSay() {
    sentOnly("anna", "prompt", "one", "two");

    world.csv("prompt", "one", "two", "three");
    RunResult second = as("ben").run();

    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(senders()).containsExactly("anna", "anna", "ben");
    assertThat(world.paidPrompts()).containsExactly("one", "three", "two");
    assertThat(unknownTasks()).isEmpty();
  }

  @Test
  void aBatchOfWhichNothingIsSaidStaysWithItsAccount() {
    world.csv("prompt", "one");
    as("ben").run();

    world.csv("prompt", "one", "two");
    RunResult second = world.without("reelbatch.gateway.account").run();

    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(senders()).containsExactly("ben", "ben");
  }

  @Test
  void withoutTheKeyOfAnEarlierAccountItsTasksWaitAndAllElseGoesOn() {
    sentOnly("anna", "prompt", "one", "two");

    world.csv("prompt", "one", "two", "three").with("reelbatch.submit.max-active", "2");
    RunResult second = as("ben").without("reelbatch.accounts.anna.api-key").run();

    assertThat(second.ending()).isEqualTo(Ending.HALTED);
    assertThat(halted(second).cause()).isEqualTo(HaltCause.NO_KEY);
    assertThat(halted(second).reason().message()).contains("anna", "REELBATCH_API_KEY_ANNA");
    assertThat(world.reported("state")).containsExactly("ACCEPTED", "ACCEPTED", "SUCCEEDED");

    RunResult third = world.with("reelbatch.accounts.anna.api-key", "sk-simulator-anna").run();

    assertThat(third.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("one", "three", "two");
  }

  @Test
  void aKeyOfAnEarlierAccountThatIsRefusedStopsThatAccountAlone() {
    sentOnly("anna", "prompt", "one");

    world.csv("prompt", "one", "two");
    RunResult second = as("ben").with("reelbatch.accounts.anna.api-key", "sk-revoked").run();

    assertThat(second.ending()).isEqualTo(Ending.HALTED);
    assertThat(halted(second).cause()).isEqualTo(HaltCause.KEY);
    assertThat(world.reported("state")).containsExactly("ACCEPTED", "SUCCEEDED");
  }

  @Test
  void aKeyOfAnEarlierAccountThatKnowsNoneOfItsTasksStopsThatAccountAlone() {
    sentOnly("anna", "prompt", "one", "two", "three");

    world.csv("prompt", "one", "two", "three", "four").with("reelbatch.poll.grace", "0s");
    RunResult second =
        as("ben").with("reelbatch.accounts.anna.api-key", "sk-simulator-stranger").run();

    assertThat(halted(second).cause()).isEqualTo(HaltCause.ACCOUNT);
    assertThat(world.reported("state"))
        .containsExactly("ACCEPTED", "ACCEPTED", "ACCEPTED", "SUCCEEDED");
  }

  @Test
  void aRowThatStartsFromAVideoGoesWithTheKeyThatMadeThatVideo() {
    world.csv("id,operation,prompt,source", "a,create,one,");
    as("anna").run();

    world.csv("id,operation,prompt,source", "a,create,one,", "b,remix,two,a", "c,create,three,");
    RunResult second = as("ben").run();

    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(senders()).containsExactlyInAnyOrder("anna", "anna", "ben");
  }

  @Test
  void aRowThatWouldHaveToGoWithAMissingKeyIsNotSentWithAnother() {
    world.csv("id,operation,prompt,source", "a,create,one,");
    as("anna").run();

    world.csv("id,operation,prompt,source", "a,create,one,", "b,remix,two,a", "c,create,three,");
    RunResult second = as("ben").without("reelbatch.accounts.anna.api-key").run();

    assertThat(second.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "PLANNED", "SUCCEEDED");
    assertThat(senders()).containsExactly("anna", "ben");
  }

  @Test
  void anAccountWithoutAKeyOfItsOwnIsNotGivenAnothers() {
    world.csv("prompt", "one").with("reelbatch.api-key", "sk-simulator");

    RunResult run = as("carl").run();

    assertThat(run.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(run.error())).contains("carl", "REELBATCH_API_KEY_CARL");
    assertThat(world.gateway.sends()).isEmpty();
  }

  @Test
  void aTaskIsAdoptedWithTheKeyOfItsRequest() {
    world.gateway.nextSends(io.reelbatch.simulator.Fault.acceptThenHangUp());
    world.csv("prompt", "one");
    as("anna").run();
    String task = world.gateway.tasks().get(0);
    world.csv("prompt", "one", "two");
    as("ben").run();

    new DoubtDesk(world.use(), new BatchName("shots"), "a tester")
        .adopt(
            new RowKey(world.reported("row").get(0)), new TaskId(task), DoubtDesk.Prompt.AS_ASKED);
    RunResult last = world.run();

    assertThat(last.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(unknownTasks()).isEmpty();
  }

  @Test
  void aVideoIsAskedForWithTheKeyThatMadeIt() {
    world.csv("prompt", "one");
    as("anna").run();

    world.update("update task set link = null");
    RunResult second = as("ben").downloading().run();

    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("video_file")).doesNotContain("");
    assertThat(unknownTasks()).isEmpty();
  }

  /** Paid for, and nothing is known of their ends. */
  private void sentOnly(String account, String... csv) {
    world.csv(csv);
    as(account).sendOnly(csv.length - 1);
  }

  private static RunControl.Halted halted(RunResult result) {
    return Objects.requireNonNull(result.halted());
  }

  private BatchWorld as(String account) {
    return world.with("reelbatch.gateway.account", account);
  }

  private List<String> senders() {
    return world.gateway.sends().stream().map(AccountsIT::account).toList();
  }

  private static String account(LoggedRequest request) {
    return request.headers().getOrDefault("simulated-account", "");
  }

  private List<String> unknownTasks() {
    return world.gateway.log().stream()
        .map(LoggedRequest::note)
        .filter(note -> note.contains("task_not_exist"))
        .toList();
  }
}
