package io.reelbatch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Blame;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text from outside may throw a paid id away, however long or odd it is. */
class OddTextTest {

  private static final String ODD = "a\0b\uD800c\uDC00d";

  LedgerWorld world;

  @BeforeEach
  void aBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").create("b", "two"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void longAndOddTextsBesideAPaidIdAreCutAndCleaned() {
    for (String text : List.of(ODD, ODD.repeat(2000), "x".repeat(2 << 20), ODD.repeat(400_000))) {
      Attempt attempt = world.send("a");
      world.ledger.record(
          attempt, new SendOutcome.Accepted(new TaskId("task_1"), new Evidence(200, text, text)));

      assertThat(world.tasks("a")).contains("task_1");
      assertThat(world.rescue.read().kept()).isEmpty();
      assertStorable(world.one("select request_id from attempt"), Columns.SHORT);
      assertStorable(world.one("select raw from attempt"), Columns.LONG);
      world.force("a", RowState.PLANNED);
    }
  }

  @Test
  void longAndOddReasonsAreCutAndCleaned() {
    Reason reason = new Reason(ODD.repeat(2000), ODD.repeat(400_000), ODD.repeat(400_000));

    world.ledger.record(
        world.send("a"),
        new SendOutcome.Refused(reason, Blame.PROMPT, new Evidence(400, ODD, ODD)));

    assertThat(world.state("a")).isEqualTo(RowState.REFUSED);
    assertStorable(world.one("select code from attempt"), Columns.SHORT);
    assertStorable(world.one("select message from attempt"), Columns.LONG);
    assertStorable(world.one("select message_zh from attempt"), Columns.LONG);
  }

  @Test
  void longAndOddAnswersAboutATaskAreCutAndCleaned() {
    world.accept("a", "task_1");
    Reason reason = new Reason(ODD.repeat(2000), ODD.repeat(400_000), ODD.repeat(400_000));
    io.reelbatch.model.Video video =
        new io.reelbatch.model.Video(
            URI.create("https://cdn.test/" + "a".repeat(2 << 20)), null, null);

    world.ledger.record(
        world.openTask("a"),
        new TaskFacts(ODD.repeat(2000), 1, video, reason, 1, null, ODD.repeat(400_000)),
        RowEvent.FAILED);

    assertThat(world.state("a")).isEqualTo(RowState.FAILED);
    assertStorable(world.one("select status from task"), Columns.SHORT);
    assertStorable(world.one("select error_code from task"), Columns.SHORT);
    assertStorable(world.one("select error_message from task"), Columns.LONG);
    assertStorable(world.one("select error_message_zh from task"), Columns.LONG);
    assertStorable(world.one("select raw from task"), Columns.LONG);
  }

  @Test
  void aPaidIdIsNeverCut() {
    String id = "task_" + "é:/%25".repeat(1000);

    world.accept("a", id);

    assertThat(world.tasks("a")).containsExactly(id);
    assertThat(world.openTask("a").task().value()).isEqualTo(id);
  }

  @Test
  void aPaidIdThatNoDatabaseTakesIsKeptReadably() {
    world.accept("a", "task\0\uD800!");

    assertThat(world.tasks("a")).containsExactly("task\\u0000\\ud800!");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void aWholeSurrogatePairStaysWhole() {
    assertThat(Columns.text("🎬")).isEqualTo("🎬");
    assertThat(Columns.escaped("task_🎬")).isEqualTo("task_🎬");
    assertThat(Columns.word("x".repeat(Columns.SHORT - 1) + "🎬"))
        .isEqualTo("x".repeat(Columns.SHORT - 1));
    assertThat(Columns.word("x".repeat(Columns.SHORT - 2) + "🎬")).hasSize(Columns.SHORT);
  }

  @Test
  void anOrderComesBackAsItWasWritten() {
    world.load(Csv.of().create("odd", ODD + "🎬\n\"\\"));

    assertThat(world.planned("odd").order().prompt()).isEqualTo(ODD + "🎬\n\"\\");
    assertThat(world.report("odd").cells().get(1)).isEqualTo(ODD + "🎬\n\"\\");
    assertStorable(world.one("select order_json from batch_row where row_key = 'odd'"), 1000);
  }

  @Test
  void oddIdsAndSourcesFindEachOther() {
    assertThat(world.load(Csv.of().create("x\0", "one").remix("y", "x\0"))).isEmpty();

    world.accept("x\\u0000", "task_1");
    world.succeed("x\\u0000");
    assertThat(world.planned("y").source()).hasToString("task_1");
  }

  private static void assertStorable(@Nullable String text, int longest) {
    String stored = String.valueOf(text);
    assertThat(stored)
        .isNotEqualTo("null")
        .hasSizeLessThanOrEqualTo(longest)
        .doesNotContain("\0")
        .isEqualTo(new String(stored.getBytes(UTF_8), UTF_8));
  }
}
