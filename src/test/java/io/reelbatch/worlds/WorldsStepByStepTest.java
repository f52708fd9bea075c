package io.reelbatch.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One batch over all operations, broken once at every point that it comes by: each call of the
 * database, each moment of a request, each file that is written. A calm run comes after each, and
 * another that must find nothing left to pay for.
 */
class WorldsStepByStepTest {

  private static final List<Line> BATCH =
      List.of(
          new Line("kite", Operation.CREATE, "order 1 of a kite", ""),
          new Line("", Operation.CREATE, "order 2 of a kite", ""),
          new Line("again", Operation.REMIX, "order 3 of a kite", "kite"),
          new Line("longer", Operation.EXTEND, "order 4 of a kite", "again"));

  private static Machine machine;

  @BeforeAll
  static void open() {
    Silence.begin();
    machine = new Machine();
  }

  @AfterAll
  static void close() {
    machine.close();
    Silence.end();
  }

  @ParameterizedTest
  @EnumSource
  void whereverARunIsBrokenTheNextOneEndsItAndNothingIsPaidTwice(Mishap.Manner manner) {
    long at = 0;
    boolean reached = true;
    while (reached) {
      at++;
      Mishap mishap = new Mishap(manner, at);
      World world = new World(machine, BATCH, false);
      try {
        var unused = world.play(mishap);
      } catch (AssertionError e) {
        throw new AssertionError(mishap + ": " + e.getMessage() + "\n" + story(mishap), e);
      }
      reached = at <= world.pointsOfTheFirstRun();
    }
    System.out.printf("%s: %d points%n", manner, at - 1);
    assertThat(at).as("points of a run").isGreaterThan(20);
  }

  private static String story(Mishap mishap) {
    World world = new World(machine, BATCH, true);
    try {
      var unused = world.play(mishap);
    } catch (AssertionError e) {
      // told already
    }
    return String.join("\n", world.story());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".results.csv.tmp",
        ".results.jsonl.tmp",
        ".failed.csv.tmp",
        "results.csv",
        "results.jsonl",
        "failed.csv",
        "UNFINISHED.txt"
      })
  void aReportThatCannotBeWrittenIsWrittenByTheNextRunWithoutPaying(String file)
      throws IOException {
    machine.clear();
    World world = new World(machine, BATCH, false);
    Path inTheWay = obstacle(machine.folder.out.resolve(file));

    Optional<Program.Ending> first = world.playInTheWay();
    int posts = world.posts();
    Folder.delete(inTheWay);
    leaveWhatAKilledReportLeaves();
    world.playToTheEnd();

    assertThat(first).contains(Program.Ending.ERROR);
    assertThat(posts).isEqualTo(BATCH.size());
    assertThat(world.posts()).isEqualTo(posts);
    assertThat(machine.folder.isMarkedUnfinished()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescue.jsonl", "rescue.jsonl.new"})
  void withoutARescueFileNothingIsSent(String file) throws IOException {
    machine.clear();
    World world = new World(machine, BATCH, false);
    Path inTheWay = obstacle(machine.folder.home.resolve(file));

    Optional<Program.Ending> first = world.playInTheWay();
    int posts = world.posts();
    Folder.delete(inTheWay);
    world.playToTheEnd();

    assertThat(first).contains(Program.Ending.ERROR);
    assertThat(posts).isZero();
    assertThat(world.posts()).isEqualTo(BATCH.size());
  }

  /** Something that can neither be replaced nor removed in one move. */
  private static Path obstacle(Path path) throws IOException {
    Files.createDirectories(path);
    Files.createFile(path.resolve("in the way"));
    return path;
  }

  private static void leaveWhatAKilledReportLeaves() throws IOException {
    Files.writeString(machine.folder.out.resolve(".results.csv.tmp"), "half a li");
    Files.writeString(machine.folder.out.resolve("UNFINISHED.txt"), "");
  }
}
