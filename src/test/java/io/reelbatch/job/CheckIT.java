package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.csv.Workbook;
import io.reelbatch.ledger.OnFileOnly;
import io.reelbatch.model.LineError;
import io.reelbatch.model.RowState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a file is what a run would do, and it does nothing. */
class CheckIT {

  private static final String TWICE =
      "stands already in line {0}; each id may stand once, since it names the row and its video";

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world =
        new BatchWorld(folder)
            .with("reelbatch.budget.currency", "USD")
            .with("reelbatch.prices.pro.model", "sora-2-pro")
            .with("reelbatch.prices.pro.price", "0.80");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void itSaysWhatWouldBeSentWithItsCostAndSendsNothing() throws Exception {
    world.csv(
        "id,prompt,model,operation,source",
        "a,a kite,,,",
        "b,a dog,sora-2,,",
        "c,at night,,remix,a");

    InputCheck check = check();

    assertThat(check.errors()).isEmpty();
    assertThat(check.kinds().stream().map(kind -> kind.kind() + " " + kind.cost()))
        .containsExactly(
            "create sora-2 small null", "create sora-2-pro large 0.8 USD", "remix null");
    assertThat(check.kinds()).noneMatch(InputCheck.OfKind::proven);
    assertThat(check.kinds().stream().mapToLong(InputCheck.OfKind::unpriced))
        .containsExactly(1L, 0L, 1L);
    assertThat(check.starting()).isEqualTo(1);
    assertThat(check.known()).isEmpty();
    assertThat(check.sending()).isEqualTo(Duration.ofMillis(15)); // three at 200/s
    assertThat(world.sentPrompts()).isEmpty();
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  @OnFileOnly // of a server: ServerIT.aCheckLeavesNothingOnTheServerAndKnowsWhatIsPaidFor
  void whatWasPaidForIsKnownAndTheLedgerIsNotTouched() throws Exception {
    world.csv("prompt", "a kite", "a dog");
    world.run();
    String before = digest();
    world.csv("prompt", "a kite", "a cat");

    InputCheck check = check();

    assertThat(check.known()).isEqualTo(Map.of(RowState.SUCCEEDED, 1L));
    assertThat(check.kinds()).singleElement().matches(kind -> kind.rows() == 1 && kind.proven());
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void aFileThatHasLostItsRowsIsWrong() {
    world.csv("prompt", "a kite");
    world.run();
    world.csv("prompt");

    assertThat(check().errors()).singleElement().asString().contains("the batch has 1");
  }

  @Test
  void everyErrorThatARunWouldRefuseIsSaidAtOnce() {
    world.csv(
        "id,prompt,duration,source,operation",
        "a,,15,,",
        "b,a dog,16,,",
        "c,at night,,nobody,remix",
        "c,again,,,");

    InputCheck check = check();

    assertThat(check.kinds()).isEmpty();
    assertThat(check.errors().stream().map(LineError::line)).contains(2L, 3L, 4L, 5L);
  }

  @Test
  void aCircleIsNamedAlsoWhereItsLinesAreWrongOtherwise() {
    world.csv(
        "id,prompt,source,operation,model,start_time",
        "a,a kite,c,extend,grok-video-3,1",
        "b,,a,extend,grok-video-3,1",
        "c,a dog,b,extend,grok-video-3,1",
        "d,,a,extend,grok-video-3,1");

    assertThat(check().errors())
        .filteredOn(error -> error.toString().contains("wait for each other"))
        .singleElement()
        .asString()
        .contains("line 2", "a → c → b → a");
  }

  @Test
  void aCircleOfRightLinesIsNamedOnceWhateverHangsOnIt() {
    world.csv(
        "id,prompt,source,operation,model,start_time",
        "a,a kite,b,extend,grok-video-3,1",
        "b,a dog,a,extend,grok-video-3,1",
        "c,,a,extend,grok-video-3,1");

    assertThat(check().errors())
        .filteredOn(error -> error.toString().contains("wait for each other"))
        .singleElement()
        .asString()
        .contains("a → b → a");
  }

  @Test
  void anErrorNamesTheColumnAsTheFileDoes() {
    world.csv("编号,提示词,来源,操作", "a,a kite,,", "a,a dog,,", "b,at night,nobody,remix");

    assertThat(check().errors().stream().map(LineError::column)).containsExactly("编号", "来源");
  }

  @Test
  void aFixedFileHasTheSameRowsAndWhatIsLeftIsAnError() throws Exception {
    world.csv("prompt,orientation,", "a kite,PORTRAIT,", "a dog,portrait,");
    world.run();
    world.csv("prompt,orientation,", "a kite,PORTRAIT,", "a dog,potrait,", "a cat,sideways,");
    Path target = folder.resolve("fixed.csv");

    FixedInput fixed = new CheckDesk(world.request()).fix(target);

    assertThat(fixed.file()).isEqualTo(target).content().startsWith("\uFEFFprompt,orientation\r\n");
    assertThat(fixed.changed()).isEqualTo(2);
    assertThat(fixed.check().errors())
        .extracting(LineError::line, LineError::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, "sideways"));
  }

  @Test
  void aCellOfWhichNobodyKnowsWhatWasTypedIsNotLaunderedByAFix() {
    Workbook workbook = new Workbook();
    workbook.row("prompt", "duration").row("a kite", workbook.number("0.0854166667", "h:mm"));
    Path file = workbook.write(folder.resolve("shots.xlsx"));
    Path target = folder.resolve("fixed.csv");

    FixedInput fixed = new CheckDesk(world.request(file)).fix(target);

    assertThat(fixed.file()).isNull();
    assertThat(target).doesNotExist();
    assertThat(fixed.check().errors())
        .singleElement()
        .satisfies(error -> assertThat(error.toString()).contains("date or a time"));
  }

  @Test
  void whatACapWouldKeepFromBeingSentIsSaidBeforehand() {
    world.with("reelbatch.budget.currency", "USD").with("reelbatch.budget.day", "0.5");
    world
        .with("reelbatch.prices.all.price", "0.2")
        .with("reelbatch.prices.all.model", "sora-2-pro");
    world
        .with("reelbatch.prices.all.operation", "create")
        .with("reelbatch.prices.all.size", "large");
    world.csv("prompt", "a kite", "a dog");
    assertThat(new CheckDesk(world.request()).check().warnings()).isEmpty();
    world.run();
    world.csv("prompt", "a kite", "a dog", "a cat");

    assertThat(new CheckDesk(world.request()).check().warnings())
        .singleElement()
        .asString()
        .contains("reelbatch.budget.day is 0.5 USD", "0.4 USD of it", "cost 0.2 USD");
  }

  @Test
  void whatWasPaidForIsKnownInTheFixedFile() throws Exception {
    world.csv("提示词,orientation", "a kite,PORTRAIT", "a dog,portrait");
    world.run();
    world.csv("提示词,orientation", "a kite,ＰＯＲＴＲＡＩＴ", "a dog,potrait");

    InputCheck check = new CheckDesk(world.request()).fix(folder.resolve("fixed.csv")).check();

    assertThat(check.errors()).isEmpty();
    assertThat(check.known()).isEqualTo(Map.of(RowState.SUCCEEDED, 2L));
    assertThat(check.kinds()).isEmpty();
  }

  @Test
  void noFileIsWrittenOverByAFix() throws Exception {
    world.csv("prompt", "a kite");
    Path input = world.request().file();
    String before = Files.readString(input);

    assertThatThrownBy(() -> new CheckDesk(world.request()).fix(input))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("exists");

    assertThat(input).hasContent(before);
  }

  @Test
  void aFileThatCannotBeReadIsNotWrittenAnew() {
    world.csv("prompt", "a 6\" kite");
    Path target = folder.resolve("fixed.csv");

    FixedInput fixed = new CheckDesk(world.request()).fix(target);

    assertThat(fixed.file()).isNull();
    assertThat(fixed.check().errors()).hasSize(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void whatIsOrderedTwiceIsSaid() {
    world.csv("prompt", "A red kite", "a red kite!", "a dog", "a dog");

    assertThat(check().warnings())
        .anyMatch(
            warning -> warning.toString().startsWith("1 line asks for exactly what a line before"))
        .anyMatch(warning -> warning.toString().startsWith("1 prompts differ"));
  }

  @Test
  void whatAnotherBatchHasPaidForIsSaid() {
    world.csv("prompt", "a kite");
    world.run();

    InputCheck check =
        new CheckDesk(
                new RunRequest(
                    world.request().file(),
                    new io.reelbatch.model.BatchName("other"),
                    folder,
                    null,
                    InvalidLines.REJECT,
                    world.use()))
            .check();

    assertThat(check.warnings())
        .anyMatch(warning -> warning.toString().contains("another batch of this home"));
    assertThat(check.known()).isEmpty();
  }

  @Test
  void anIdThatStandsTwiceIsNamedThoughItsLineIsWrongBesides() {
    world.csv("编号,prompt,duration", "a,a kite,15", "b,,15", "a,a dog,7", "b,,");

    assertThat(check().errors())
        .filteredOn(error -> error.problem().toString().contains("stands already"))
        .extracting(LineError::line, LineError::column, error -> error.problem().english())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(4L, "编号", TWICE),
            org.assertj.core.groups.Tuple.tuple(5L, "编号", TWICE));
    assertThat(world.run().errors())
        .filteredOn(error -> error.problem().toString().contains("stands already"))
        .hasSize(2);
  }

  @Test
  void paidRowsThatAreNoLongerInTheFileAreSaidForTheirVideosLeaveTheResults() {
    world.csv("prompt", "a kite", "a dog");
    world.run();

    world.csv("prompt", "a green kite", "a dog");

    String said =
        "1 row of the batch that was sent is no longer in the file: paid for all the same, and"
            + " watched to the end, but not in the results. Put the lines back to have them there";
    assertThat(check().warnings()).extracting(Object::toString).containsExactly(said);
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(check().warnings()).isEmpty();
    assertThat(world.reported("prompt")).containsExactly("a green kite", "a dog");
    world.csv("prompt", "a kite", "a green kite", "a dog").run();
    assertThat(world.reported("state")).containsOnly("SUCCEEDED").hasSize(3);
    assertThat(world.sentPrompts()).hasSize(3);
  }

  @Test
  void rowsThatWouldBeWithdrawnAreCounted() {
    world.with("reelbatch.budget.limit", "1");
    world.csv("prompt", "a kite", "a dog", "a cat");
    world.run();

    world.csv("prompt", "a kite", "a dog");
    assertThat(check().warnings())
        .extracting(Object::toString)
        .containsExactly(
            "1 row of the batch that was not sent yet is no longer in the file: withdrawn, not to be"
                + " sent");
    world.csv("prompt", "something else");
    assertThat(check().warnings())
        .first()
        .asString()
        .startsWith("2 rows of the batch that were not sent yet are no longer in the file")
        .contains("another file under the same name", "--batch");
    world.run();
    assertThat(world.warned())
        .singleElement()
        .asString()
        .startsWith("2 rows of the batch that were not sent yet are no longer in the file");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    List<Path> before = scratch();
    world.csv("prompt", "a kite");

    check();

    assertThat(scratch()).isEqualTo(before);
  }

  private InputCheck check() {
    return new CheckDesk(world.request()).check();
  }

  private String digest() throws Exception {
    byte[] ledger = Files.readAllBytes(folder.resolve("home").resolve("ledger.mv.db"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ledger));
  }

  private static List<Path> scratch() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("reelbatch-check"))
          .sorted()
          .toList();
    }
  }
}
