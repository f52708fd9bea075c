package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.OnFileOnly;
import io.reelbatch.simulator.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when the disk, the files or the clock are not as the last run left them. */
class StopAndRestartIT {

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
  void aHomeThatCannotBeMadeIsRefusedBeforeAnythingIsSent() throws IOException {
    Files.writeString(folder.resolve("home"), "a file in the way");
    world.csv("prompt", "one");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains("home", "it is a file, and a folder is needed", "Nothing was sent");
    assertThat(String.valueOf(result.error())).doesNotContain("Exception");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void aRunThatIsToStopLetsNothingIn() throws IOException {
    world.csv("prompt", "one", "two");

    RunResult stopped = world.deadline(Duration.ofNanos(1)).run();

    assertThat(stopped.ending()).isEqualTo(Ending.UNFINISHED);
    assertThat(stopped.lines()).isNull();
    assertThat(world.gateway.log()).isEmpty();

    assertThat(world.deadline(null).run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).containsExactly("one", "two");
  }

  @Test
  void withoutRoomForRescuedIdsNothingIsSent() throws IOException {
    Files.createDirectories(folder.resolve("home").resolve("rescue.jsonl.new").resolve("x"));
    world.csv("prompt", "one");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.ERROR);
    assertThat(String.valueOf(result.error())).contains("rescue", "Nothing was sent");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void aReportThatCannotBeWrittenTouchesNoMoneyAndIsWrittenNextTime() throws IOException {
    Path inTheWay = world.out().resolve("results.csv");
    Files.createDirectories(inTheWay.resolve("x"));
    world.csv("prompt", "one");

    RunResult refused = world.run();
    assertThat(refused.ending()).isEqualTo(Ending.ERROR);
    assertThat(String.valueOf(refused.error())).contains("results.csv", "no money is touched");
    assertThat(String.valueOf(refused.error())).doesNotContain("Exception");

    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0.0,1.0", "0.0,0.9"})
  @OnFileOnly
  void aDamagedLedgerSendsNothingAndIsNotToBeDeleted(double from, double to) throws IOException {
    world.csv("prompt", "one", "two");
    world.run();
    overwrite(ledger(), from, to);
    world.csv("prompt", "one", "two", "three");

    RunResult result = world.run();

    assertThat(result.ending()).isIn(Ending.ERROR, Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("damaged", "backup", "Nothing was sent");
    assertThat(world.sentPrompts()).hasSize(2);
  }

  /** What lies in the middle may be in use or not; which, is the database's affair. */
  @Test
  @OnFileOnly
  void aLedgerDamagedInTheMiddleNeverSendsAPaidRowAgain() throws IOException {
    world.csv("prompt", "one", "two");
    world.run();
    overwrite(ledger(), 0.3, 0.6);
    world.csv("prompt", "one", "two", "three");

    world.run();

    assertThat(world.sentPrompts()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0.4", "0.7"})
  @OnFileOnly
  void aLedgerThatWasCutNeverSendsAPaidRowAgain(double share) throws IOException {
    world.csv("prompt", "one", "two");
    world.run();
    try (RandomAccessFile file = new RandomAccessFile(ledger().toFile(), "rw")) {
      file.setLength((long) (file.length() * share) / 4096 * 4096);
    }
    world.csv("prompt", "one", "two", "three");

    RunResult result = world.run();

    assertThat(world.sentPrompts()).doesNotHaveDuplicates();
    if (result.ending() != Ending.SUCCEEDED) { // what was cut off was needed
      assertThat(String.valueOf(result.error())).contains("damaged", "backup");
    }
  }

  @Test
  @OnFileOnly // of a server: ServerIT.anOlderCopyOfTheDatabaseIsRefused
  void aLedgerFromBeforeTheLastPaymentsIsRefused() throws IOException {
    world.csv("prompt", "one");
    world.run();
    byte[] old = Files.readAllBytes(ledger());
    world.csv("prompt", "one", "two");
    world.run();
    byte[] latest = Files.readAllBytes(ledger());
    Files.write(ledger(), old);

    RunResult refused = world.run();
    assertThat(refused.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(refused.error()))
        .contains("older", "1 paid requests, and 2 were made", "backup", "Nothing was sent");
    assertThat(world.sentPrompts()).hasSize(2);

    Files.write(ledger(), latest);
    assertThat(world.run().nothingToDo()).isTrue();
  }

  @Test
  @OnFileOnly
  void aLedgerThatAnotherProgramHasOpenIsLeftAlone() throws IOException {
    world.csv("prompt", "one");
    world.run();
    world.csv("prompt", "one", "two");
    try (FileChannel other = FileChannel.open(ledger(), StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();

      RunResult result = world.run();

      assertThat(result.ending()).isEqualTo(Ending.LOCKED);
      assertThat(String.valueOf(result.error())).contains("another program", "nothing was sent");
    }
    assertThat(world.sentPrompts()).hasSize(1);
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
  }

  @Test
  void tasksFromAnHourAheadAreAskedAfterAllTheSame() {
    world.csv("prompt", "one", "two").sendOnly(2);
    assertThat(world.reported("state")).containsOnly("ACCEPTED");
    world.moveTimes(
        "+ interval '1' hour",
        "task.accepted_at",
        "attempt.intended_at",
        "attempt.answered_at",
        "batch_job_execution.create_time",
        "batch_job_execution.start_time",
        "batch_step_execution.create_time",
        "batch_step_execution.start_time");
    world.with("reelbatch.poll.first", "100ms");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).hasSize(2);
  }

  @Test
  void aFileThatIsGoneLeavesItsPaidTasksWaitingForIt() throws IOException {
    world.csv("prompt", "one", "two").sendOnly(2);
    byte[] csv = Files.readAllBytes(world.file());
    Files.delete(world.file());

    RunResult result = world.run();
    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains("there is no file", "2 paid tasks", "Nothing was sent");

    Files.write(world.file(), csv);
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).hasSize(2);
  }

  @Test
  void aFileSavedByAnotherProgramPaysForNothingAgain() throws IOException {
    world.csv("prompt,duration", "早上的风筝,15", "\"a, \"\"red\"\" kite\",25", "plain,15");
    world.run();
    Files.write(
        world.file(),
        String.join(
                "\r\n",
                "\uFEFFDuration,Prompt,Note",
                "25,\"a, \"\"red\"\" kite\",x",
                "\"15\",\"plain\",",
                "15,\"早上的风筝\",y",
                "")
            .getBytes(StandardCharsets.UTF_8));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).hasSize(3);
    assertThat(world.reported("state")).containsOnly("SUCCEEDED").hasSize(3);
  }

  @Test
  void anIdThatWasPaidForAndAsksForSomethingElseIsRefusedWithItsLine() {
    world.csv("id,prompt", "a,one", "b,two");
    world.run();
    world.csv("id,prompt", "a,one", "b,another", "c,three");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.REJECTED);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().get(0).toString()).contains("line 3", "id", "b");
    assertThat(world.sentPrompts()).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource({
    "reelbatch.submit.in-flight,0,1 to 1000",
    "reelbatch.submit.max-active,-1,1 to 1000000",
    "reelbatch.brakes.doubt-share,1.5,0 to 1",
    "reelbatch.poll.in-flight,many,number",
    "reelbatch.run.create-model,'',blank",
    "reelbatch.run.patience,soon,2h",
    "reelbatch.gateway.answer-timeout,0s,longer",
  })
  void aValueOutOfItsBoundsIsToldInASentence(String name, String value, String says) {
    world.csv("prompt", "one").with(name, value);

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains(name, "'" + value + "'", says, "Nothing was sent")
        .doesNotContain("io.reelbatch", "java.lang", "Exception", "\n");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void aLostAnswerThenADamagedReportThenARestartStillSendsOnce() throws IOException {
    world.gateway.nextSends(Fault.acceptThenHangUp());
    world.csv("prompt", "one");
    world.run();
    Files.delete(world.out().resolve("results.csv"));

    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.reported("state")).containsExactly("IN_DOUBT");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  private Path ledger() {
    return folder.resolve("home").resolve("ledger.mv.db");
  }

  private static void overwrite(Path file, double from, double to) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long start = (long) (bytes.length() * from);
      byte[] noise = new byte[(int) (bytes.length() * (to - from))];
      new java.util.Random(7).nextBytes(noise);
      bytes.seek(start);
      bytes.write(noise);
    }
  }
}
