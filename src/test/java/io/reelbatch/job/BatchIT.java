package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.OnFileOnly;
import io.reelbatch.pacing.StopCause;
import io.reelbatch.simulator.ExtendAnswer;
import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the job against the simulator; its log is the judge of what was paid. */
class BatchIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aBatchIsSentOnceWatchedToItsEndAndReported() {
    world.csv("id,prompt,mine", "a,red kite,1", "b,blue kite,2");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("blue kite", "red kite");
    assertThat(world.reported("row")).containsExactly("a", "b");
    assertThat(world.reported("state")).containsOnly("SUCCEEDED");
    assertThat(world.reported("mine")).containsExactly("1", "2");
    assertThat(world.reported("video_url")).allMatch(link -> link.startsWith("http://127.0.0.1"));
  }

  @Test
  void theSameCommandAgainSendsNothing() {
    world.csv("prompt", "red kite", "red kite", "blue kite");
    world.run();

    RunResult again = world.run();

    assertThat(again.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(again.nothingToDo()).isTrue();
    assertThat(world.sentPrompts()).hasSize(3);
  }

  @Test
  void aFileThatWasSortedExtendedAndCutPaysForItsNewLinesAlone() {
    world.csv("prompt", "one", "two", "two", "three");
    world.run();
    world.csv("note,id,prompt", "x,,two", ",n,four", ",,two", ",,two", "y,,one");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("four", "one", "three", "two", "two", "two");
    assertThat(world.reported("prompt")).containsExactly("two", "four", "two", "two", "one");
  }

  @Test
  void anInputWithErrorsNamesAllOfThemAndSendsNothing() {
    world.csv(
        "id,operation,prompt,orientation,duration,private,source,start_time",
        "a,create,good,portrait,15,true,,",
        "b,create,,portrait,15,,,",
        "c,create,x,sideways,20,,,",
        "d,remix,x,,,,a,",
        "e,extend,x,,,,nobody,3",
        "a,create,twice,,,,,");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.REJECTED);
    assertThat(result.errors())
        .extracting(Object::toString)
        .anySatisfy(error -> assertThat(error).contains("line 3", "prompt", "empty"))
        .anySatisfy(error -> assertThat(error).contains("line 4", "orientation", "portrait"))
        .anySatisfy(error -> assertThat(error).contains("line 4", "duration", "15", "25"))
        .anySatisfy(error -> assertThat(error).contains("line 5", "source", "private"))
        .anySatisfy(error -> assertThat(error).contains("line 6", "nobody"))
        .anySatisfy(error -> assertThat(error).contains("line 7", "id", "line 2"));
    assertThat(world.gateway.log()).isEmpty();
    assertThat(world.out().resolve("errors.csv")).exists();
    assertThat(world.out().resolve("results.csv")).doesNotExist();
  }

  @Test
  void aMendedInputIsSentAndItsErrorTableGoes() {
    world.csv("prompt,duration", "one,99");
    world.run();
    world.csv("prompt,duration", "one,15");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).containsExactly("one");
    assertThat(world.out().resolve("errors.csv")).doesNotExist();
  }

  @Test
  void aFileThatHasLostItsRowsLeavesTheBatchAndItsResultsAsTheyAre() throws IOException {
    world.csv("prompt", "one");
    world.run();
    String before = Files.readString(world.out().resolve("results.csv"));
    world.csv("prompt");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.REJECTED);
    assertThat(result.errors()).singleElement().asString().contains("the batch has 1");
    assertThat(Files.readString(world.out().resolve("results.csv"))).isEqualTo(before);
    assertThat(world.skipInvalid().run().ending()).isEqualTo(Ending.REJECTED);
  }

  @Test
  void wrongLinesArePassedOverWhenAskedAndStillReported() {
    world.csv(
        "id,operation,prompt,source,start_time",
        "a,,good,,",
        "b,,,,",
        "c,extend,needs b,b,1",
        "d,extend,needs c,c,1");

    RunResult result = world.skipInvalid().run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts()).containsExactly("good");
    assertThat(world.reported("state"))
        .containsExactly("SUCCEEDED", "INVALID", "INVALID", "INVALID");
  }

  @Test
  void aWrongKeyStopsAfterWhatWasUnderWayAndTheRightOneGoesOn() {
    world.csv("prompt", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    world.with("reelbatch.api-key", "sk-wrong").with("reelbatch.submit.in-flight", "3");

    RunResult refused = world.run();

    assertThat(refused.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.sends()).hasSizeLessThanOrEqualTo(3);
    assertThat(world.gateway.tasks()).isEmpty();
    assertThat(world.reported("state")).containsOnly("PLANNED");
    assertThat(world.out().resolve("UNFINISHED.txt")).exists();

    RunResult mended = world.with("reelbatch.api-key", "sk-simulator").run();

    assertThat(mended.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.gateway.tasks()).hasSize(12);
    assertThat(world.out().resolve("UNFINISHED.txt")).doesNotExist();
  }

  @Test
  void thePageTellsWhatStoppedARunAndTheCommandThatGoesOn() throws IOException {
    world.csv("提示词,id", "一只红色的风筝,kite");
    world.with("reelbatch.api-key", "sk-wrong");

    RunResult refused = world.run();

    assertThat(refused.ending()).isEqualTo(Ending.HALTED);
    assertThat(Files.readString(page()))
        .contains(
            "Not finished: none of 1 videos is ready yet.",
            "the gateway does not accept the API key",
            "<span>reelbatch</span> <span>run</span>",
            "\"一只红色的风筝\"");

    RunResult mended = world.with("reelbatch.api-key", "sk-simulator").run();

    assertThat(mended.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(Files.readString(page()))
        .contains("The one video is ready.", "Nothing needs you.")
        .doesNotContain("does not accept the API key");
  }

  @Test
  void aFinishedBatchWithoutAPageGetsOne() throws IOException {
    world.csv("prompt", "a red kite");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    Files.delete(page());

    assertThat(world.run().nothingToDo()).isTrue();

    assertThat(page()).exists();
  }

  private Path page() {
    return world.out().resolve("report.html");
  }

  @Test
  void anEmptyBalanceStopsTheSendingWhilePaidTasksAreWatchedToTheirEnd() {
    world.csv("prompt", "1", "2", "3");
    world.with("reelbatch.submit.in-flight", "1");
    world.gateway.nextSends(
        Fault.none(),
        Fault.answer(
            429, "{\"error\":{\"message\":\"余额不足\",\"code\":\"insufficient_user_quota\"}}"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "PLANNED", "PLANNED");
  }

  @Test
  void aHaltDoesNotCutThePollingShortHoweverLongItTakes(@TempDir Path other) {
    Duration aWhile = Duration.ofSeconds(2);
    try (var slow = new BatchWorld(other, SimulatorSettings.defaults().withTaskTime(aWhile))) {
      slow.csv("prompt", "1", "2", "3").with("reelbatch.submit.in-flight", "1");
      slow.gateway.nextSends(Fault.none(), Fault.none(), Fault.answer(402, ""));

      RunResult result = slow.run();

      assertThat(result.ending()).isEqualTo(Ending.HALTED);
      assertThat(slow.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED", "PLANNED");
    }
  }

  @Test
  void aHaltAtTheVeryLastRowLeavesTheRoundOpen() {
    world.csv("prompt", "1", "2").with("reelbatch.submit.in-flight", "1");
    world.gateway.nextSends(Fault.none(), Fault.answer(402, ""));
    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(world.paidPrompts()).containsExactly("1", "2");
  }

  @Test
  void aLostAnswerIsInDoubtAndIsNeverSentAgain() {
    world.csv("prompt", "one", "two");
    world.gateway.nextSends(Fault.acceptThenHangUp());

    RunResult first = world.run();
    RunResult second = world.run();

    assertThat(first.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(second.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).containsExactlyInAnyOrder("one", "two");
    assertThat(world.reported("state")).containsExactlyInAnyOrder("IN_DOUBT", "SUCCEEDED");
  }

  @Test
  void anExtensionAnsweredWithNothingIsInDoubtAndHoldsItsChildren() {
    world.close();
    world =
        new BatchWorld(
            folder,
            SimulatorSettings.defaults()
                .withTaskTime(Duration.ofMillis(30))
                .withExtendAnswer(ExtendAnswer.EMPTY_OBJECT));
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "shot,create,cat,grok-video-3,,",
        "more,extend,cat runs,,shot,3",
        "still,extend,cat sleeps,,more,3");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "IN_DOUBT", "PLANNED");
    assertThat(world.reported("error_message").get(2)).contains("more", "IN_DOUBT");
    assertThat(world.run().nothingToDo()).isTrue();
    assertThat(world.sentPrompts()).containsExactly("cat", "cat runs");
  }

  @Test
  void aChainGoesOnWhenItsSourceIsDoneAndIsSkippedWhenItFails() {
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "c,extend,third,,b,2",
        "b,extend,second,,a,1",
        "a,create,first,grok-video-3,,",
        "z,extend,never,,y,1",
        "y,extend,never either,,x,1",
        "x,create,bad [sim:fail],grok-video-3,,");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts())
        .containsSubsequence("first", "second", "third")
        .doesNotContain("never", "never either");
    assertThat(world.reported("state"))
        .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SKIPPED", "SKIPPED", "FAILED");
    assertThat(world.reported("error_message").get(3)).contains("x", "FAILED");
  }

  @Test
  void aDeadlineEndsTheRunAndTheNextOneGoesOn() {
    world.close();
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(4)));
    world.csv("prompt", "one", "two");

    RunResult first = world.deadline(Duration.ofMillis(1500)).run();

    assertThat(first.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(first.stopped()).isEqualTo(StopCause.DEADLINE);

    RunResult second = world.deadline(null).run();

    assertThat(second.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("one", "two");
  }

  @Test
  void aBusyGatewayIsWaitedForAndNothingIsLost() {
    world.csv("prompt", "one", "two");
    world.gateway.nextSends(
        Fault.answer(429, java.util.Map.of("Retry-After", "1"), "slow down"),
        Fault.answer(503, java.util.Map.of("Retry-After", "1"), ""));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("one", "two");
  }

  @Test
  void aGatewayThatIsNotThereCostsNothingAndPatienceEndsTheRun() {
    world.csv("prompt", "one");
    world
        .with("reelbatch.gateway.base-url", "http://127.0.0.1:1")
        .with("reelbatch.run.patience", "2s");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(world.reported("state")).containsExactly("PLANNED");
  }

  @Test
  void anAddressThatWasMistypedIsMendedAndTheSameBatchGoesOn() {
    world.csv("prompt", "one");
    String right = world.gateway.baseUrl().toString();
    world
        .with("reelbatch.gateway.base-url", "http://127.0.0.1:1")
        .with("reelbatch.run.patience", "2s")
        .run();
    RunResult wrongPath = world.with("reelbatch.gateway.base-url", right + "/v1").run();
    assertThat(wrongPath.ending()).isEqualTo(Ending.HALTED);

    RunResult result = world.with("reelbatch.gateway.base-url", right).run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("one");
  }

  @Test
  void anAddressIsKeptOnceARequestMayHaveBeenTakenThere() {
    world.csv("prompt", "one");
    world.gateway.nextSends(Fault.acceptThenHangUp());
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);
    try (Simulator other = Simulator.start(SimulatorSettings.defaults())) {
      world.with("reelbatch.gateway.base-url", other.baseUrl().toString());

      assertThat(world.run().ending()).isEqualTo(Ending.USAGE);
      assertThat(other.sends()).isEmpty();
    }
  }

  @Test
  void aLoadLongerThanThePatienceIsNotStoppedForThat() {
    world.csv("prompt", "one");

    RunResult result = world.with("reelbatch.run.patience", "1ms").run();

    assertThat(result.lines()).isNotNull();
  }

  @Test
  void anotherGatewayThanThatOfThePaidTasksIsRefused() {
    world.csv("prompt", "one");
    world.run();
    try (Simulator other = Simulator.start(SimulatorSettings.defaults())) {
      world.csv("prompt", "one", "two");
      world.with("reelbatch.gateway.base-url", other.baseUrl().toString());

      RunResult result = world.run();

      assertThat(result.ending()).isEqualTo(Ending.USAGE);
      assertThat(String.valueOf(result.error()))
          .contains(world.gateway.baseUrl().toString(), "Nothing was sent");
      assertThat(other.log()).isEmpty();
    }
  }

  @Test
  void settingsThatNobodyKnowsStopTheStartAndNameTheNearest() {
    world.csv("prompt", "one").with("reelbatch.gateway.base-uri", "https://elsewhere.example");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("base-uri", "reelbatch.gateway.base-url");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void aValueThatCannotBeStopsTheStartAndNamesItsSetting() {
    world.csv("prompt", "one").with("reelbatch.submit.rate", "fast");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("reelbatch.submit.rate", "fast", "2/s");
  }

  @Test
  void withoutAKeyNothingBeginsAndNoBatchIsFounded() {
    world.csv("prompt", "one").without("reelbatch.api-key");

    RunResult refused = world.run();
    RunResult mended = world.with("reelbatch.api-key", "sk-simulator").run();

    assertThat(refused.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(refused.error())).contains("REELBATCH_API_KEY");
    assertThat(mended.ending()).isEqualTo(Ending.SUCCEEDED);
  }

  @Test
  void theKeyMayStandInAFileAndAppearsNowhere() throws IOException {
    Path key = Files.writeString(folder.resolve("key.txt"), "sk-simulator\n");
    world.csv("prompt", "one").without("reelbatch.api-key");
    world.with("reelbatch.api-key-file", key.toString());

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    for (Path where : List.of(folder.resolve("home"), world.out())) {
      try (var files = Files.walk(where)) {
        assertThat(files.filter(Files::isRegularFile))
            .allSatisfy(
                file ->
                    assertThat(
                            new String(
                                Files.readAllBytes(file),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("sk-simulator"));
      }
    }
  }

  @Test
  void aVanishedTaskIsLostOnlyWhileOthersAreKnown() {
    world.csv("prompt", "gone [sim:vanish]", "here [sim:slow]");
    world.with("reelbatch.poll.grace", "0s").with("reelbatch.poll.lost-after", "200ms");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).containsExactly("LOST", "SUCCEEDED");
  }

  @Test
  void everyLineIsReportedOnceInItsOrderHoweverManyThereAre() {
    List<String> lines = new java.util.ArrayList<>(List.of("prompt"));
    for (int i = 0; i < 1203; i++) {
      lines.add("prompt " + i % 7);
    }
    world.csv(lines.toArray(String[]::new));
    world.with("reelbatch.submit.rate", "5000/s").with("reelbatch.submit.max-active", "2000");
    world.with("reelbatch.poll.rate", "5000/s");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("prompt")).isEqualTo(lines.subList(1, lines.size()));
    assertThat(world.reported("task_id")).doesNotHaveDuplicates();
    assertThat(world.gateway.tasks()).hasSize(1203);
    List<String> order = world.reported("line");
    assertThat(order)
        .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
    assertThat(Collections.frequency(order, "2")).isEqualTo(1);
  }

  @Test
  void noSettingMovesTheLedgerOutOfItsHome() {
    world.csv("prompt", "one");
    world.run();
    world.with("spring.datasource.url", "jdbc:h2:mem:elsewhere");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("spring.datasource.url");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  @OnFileOnly // of a server: ServerIT.aHomeIsNotLedToTheLedgerOfAnotherDatabase
  void aLedgerThatIsGoneOrCutIsNotBegunAnew() throws IOException {
    world.csv("prompt", "one");
    world.run();
    Files.delete(folder.resolve("home").resolve("ledger.mv.db"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("lost or damaged", "nothing is sent");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  @OnFileOnly // with a new home comes a new file, and no new server
  void theResultsOfAnotherLedgerAreNotOverwritten() throws IOException {
    world.csv("prompt", "one");
    world.run();
    List<String> before = Files.readAllLines(world.out().resolve("results.csv"));
    Files.move(folder.resolve("home"), folder.resolve("forgotten"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("another home");
    assertThat(Files.readAllLines(world.out().resolve("results.csv"))).isEqualTo(before);
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  void aHomeThatIsGoneLeadsToNoSecondPaymentAndKeepsItsResults() throws IOException {
    world.csv("prompt", "one");
    world.run();
    List<String> before = Files.readAllLines(world.out().resolve("results.csv"));
    Files.move(folder.resolve("home"), folder.resolve("forgotten"));

    world.run();
    RunResult another = world.csv("prompt", "one", "two").run();

    assertThat(another.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(another.error())).contains("another home", "Nothing was sent");
    assertThat(Files.readAllLines(world.out().resolve("results.csv"))).isEqualTo(before);
    assertThat(world.sentPrompts()).containsExactly("one");
  }

  @Test
  void aResultsFolderThatCannotBeWrittenIsFoundBeforeAnythingIsPaid() throws IOException {
    world.csv("prompt", "one");
    Files.writeString(world.out(), "a file in the way");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("cannot write", "Nothing was sent");
    assertThat(world.gateway.log()).isEmpty();
  }
}
