package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import io.reelbatch.simulator.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's word on rows in doubt, and what the next run makes of it. */
class DoubtDeskIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void aRowInDoubtThatTheGatewayTook() {
    world = new BatchWorld(folder);
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "a,create,lost,grok-video-3,,",
        "b,extend,child,,a,1");
    world.gateway.nextSends(Fault.acceptThenHangUp());
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aDoubtIsListedWithWhatIsKnown() {
    List<Doubt> doubts = desk().list();

    assertThat(doubts).singleElement().extracting(Doubt::row).isEqualTo(new RowKey("a"));
    assertThat(doubts.get(0).prompt()).isEqualTo("lost");
    assertThat(doubts.get(0).reason().code()).isNotBlank();
  }

  @Test
  void anAdoptedTaskIsWatchedToItsEndAndFreesItsChildrenWithoutAnotherPayment() {
    adopt(new RowKey("a"), new TaskId(world.gateway.tasks().get(0)));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).containsExactly("lost", "child");
  }

  @Test
  void aTaskThatTheGatewayDoesNotKnowIsNotAdopted() {
    assertThatThrownBy(() -> adopt(new RowKey("a"), new TaskId("grok:nobody")))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("nothing was changed");
    assertThat(desk().list()).hasSize(1);
  }

  @Test
  void aTaskOfAnotherPromptIsNotAdoptedUnlessThatIsSaid() {
    twoOfSoraInDoubt();
    TaskId other = new TaskId(world.gateway.tasks().get(2));

    assertThatThrownBy(() -> adopt(new RowKey("kite"), other))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("a dog")
        .hasMessageContaining("row kite")
        .hasMessageContaining("--other-prompt")
        .hasMessageContaining("nothing was changed");
    assertThat(desk().list()).hasSize(3);

    desk().adopt(new RowKey("kite"), other, DoubtDesk.Prompt.MAY_DIFFER);
    assertThat(desk().list()).hasSize(2);
  }

  @Test
  void aTaskOfTheRowsPromptIsAdoptedWithoutMore() {
    twoOfSoraInDoubt();

    adopt(new RowKey("kite"), new TaskId(world.gateway.tasks().get(1)));

    assertThat(desk().list()).hasSize(2);
  }

  private void twoOfSoraInDoubt() {
    world.csv("id,prompt,model", "kite,a kite,sora-2", "dog,a dog,sora-2");
    world.gateway.nextSends(Fault.acceptThenHangUp(), Fault.acceptThenHangUp());
    world.run();
  }

  private void adopt(RowKey row, TaskId task) {
    desk().adopt(row, task, DoubtDesk.Prompt.AS_ASKED);
  }

  @Test
  void whoAsksAnotherGatewayIsToldWhichSettingNamesTheRightOne() {
    String right = world.gateway.baseUrl().toString();
    world.with("reelbatch.gateway.base-url", "https://another.example");

    assertThatThrownBy(() -> adopt(new RowKey("a"), new TaskId("grok:any")))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("REELBATCH_GATEWAY_BASE_URL=" + right)
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void ofASimulatedBatchTheOptionIsNamedThatLeadsToItsGateway() {
    world.update("update batch set origin = 'the built-in simulator (nothing is paid)'");

    assertThatThrownBy(() -> adopt(new RowKey("a"), new TaskId("grok:any")))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("--simulate")
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void aResubmittedRowIsSentOnceMoreByTheNextRunAndOnlyByThat() {
    desk().decide(DoubtDesk.Decision.RESUBMIT, List.of(new RowKey("a")));

    RunResult result = world.run();
    RunResult again = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(again.nothingToDo()).isTrue();
    assertThat(world.sentPrompts()).containsExactly("lost", "lost", "child");
    assertThat(world.reported("attempts")).containsExactly("2", "1");
  }

  @Test
  void aRowWrittenOffIsNeverSentNorAreThoseThatStartFromIt() {
    desk().decide(DoubtDesk.Decision.WRITE_OFF, List.of());

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts()).containsExactly("lost");
    assertThat(world.reported("state")).containsExactly("WRITTEN_OFF", "SKIPPED");
    assertThat(world.reported("error_message").get(0)).contains("written off by a tester, 20");
    assertThat(world.json().get(0).at("/settlements/0/action").asString()).isEqualTo("written off");
    assertThat(world.json().get(0).at("/attempt_history/0/outcome").asString())
        .isEqualTo("IN_DOUBT");
  }

  @Test
  void aWordOnARowThatIsNotInDoubtChangesNothing() {
    assertThatThrownBy(
            () ->
                desk()
                    .decide(DoubtDesk.Decision.RESUBMIT, List.of(new RowKey("a"), new RowKey("b"))))
        .isInstanceOfSatisfying(
            DeskException.class,
            e -> {
              assertThat(e.ending()).isEqualTo(Ending.USAGE);
              assertThat(e)
                  .hasMessageContaining("row b")
                  .hasMessageContaining("nothing was changed");
            });
    assertThat(desk().list()).hasSize(1);
  }

  private DoubtDesk desk() {
    return new DoubtDesk(world.use(), new BatchName("shots"), "a tester");
  }
}
