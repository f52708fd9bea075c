package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Operation;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.BooleanNode;

class OrderFileTest {

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void cellsAreKeptAsTheyStandAndShortLinesFilledUp() {
    var read = files.read("prompt,note,model", " a kite ,\" =1+1 \"");

    assertThat(read.columns()).containsExactly("prompt", "note", "model");
    assertThat(read.lines().get(0).cells()).containsExactly(" a kite ", " =1+1 ", "");
    assertThat(read.order().prompt()).isEqualTo("a kite");
  }

  @Test
  void everyLineEndIsALineEndAndLinesAreCountedAsAnEditorDoes() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      var read =
          files.read(
              String.join(
                  end, "\uFEFFprompt,note", "", "\"a", "b\",1", ",,", "c\\n,\"x\"\"y\"", ""));

      assertThat(read.columns()).containsExactly("prompt", "note");
      assertThat(read.lines().stream().map(line -> line.number())).containsExactly(3L, 6L);
      assertThat(read.orders().stream().map(order -> order.order().prompt()))
          .containsExactly("a\nb", "c\\n");
      assertThat(read.lines().get(1).cells()).containsExactly("c\\n", "x\"y");
    }
  }

  @Test
  void theDigestIsThatOfAllBytesAndOnlyThereAtTheEnd() throws IOException {
    Path file = files.write("\uFEFFprompt\r\na kite\r\n\r\n");

    assertThat(CsvFiles.read(file).digest()).isEqualTo(OrderFile.digestOf(file)).hasSize(64);
    try (OrderFile orders = OrderFile.open(file, CsvFiles.SHIPPED, CsvFiles.DEFAULTS)) {
      assertThat(orders.next()).isNotNull();
      assertThatThrownBy(orders::digest).isInstanceOf(IllegalStateException.class);
      assertThat(orders.next()).isNull();
      assertThat(orders.next()).isNull();
      assertThat(orders.digest()).isEqualTo(OrderFile.digestOf(file));
    }
  }

  @Test
  void quotationMarksThatLeaveRowsInDoubtRefuseTheWholeFile() {
    assertRefused("prompt,x\na,b\n\"never closed,b\nc,d\n")
        .isEqualTo(
            "line 3: the quotation mark that opens a cell on this line is never closed; close it"
                + " with \"");
    assertRefused("prompt,x\n\"one\ntwo\" more,b\n").startsWith("line 2: ").contains("(on line 3)");
    assertRefused("prompt,x\n\"a 6\" nail\",1\nb,2\n\"c 6\" nail\",3\n").startsWith("line 2: ");
    assertRefused("prompt,x\na 6\" nail,1\n").startsWith("line 2: ").contains("double");
    assertRefused("prompt\n" + "\"" + "line\n".repeat(3000) + "\"\n")
        .contains("line 2: ", "within 1000 lines");
  }

  @Test
  void otherEncodingsAreRefusedWithTheLineAndTheRemedy() {
    assertRefused(new byte[] {'P', 'K', 3, 4, 0, 0}).contains("workbook");
    assertRefused("prompt\n" + "x".repeat(5_000_000)).contains("line 2: ", "is the file a CSV?");
  }

  @Test
  void aHeaderThatLeavesDoubtRefusesTheWholeFile() {
    assertRefused("").contains("line 1: the file is empty");
    assertRefused("提示词,Image_URL,prompt,图片\n")
        .isEqualTo(
            "line 1, column prompt: means the same as column '提示词' (prompt); keep one of the two\n"
                + "line 1, column 图片: means the same as column 'Image_URL' (images); keep one of the"
                + " two");
    assertRefused("\nid,promt,note\n")
        .isEqualTo(
            "line 2: there is no column 'prompt' (or 提示词); found: id, promt, note; is 'promt' the"
                + " prompt?");
    assertRefused("id;text;model\n").contains("commas, semicolons or tabs");
    assertRefused("prompt,param.,param.model,param.task_id,param.a,param.a\n")
        .contains("column param.: names no field", "column param.model: ", "from the column source")
        .contains("column param.a: means the same");
  }

  @Test
  void aHeadingThatLooksLikeATypoIsAWarning() {
    assertThat(files.read("prompt,duraton,scene,note,aspectratio", "p,,,,").warnings())
        .containsExactly(
            "column 'duraton' is carried along and means nothing; did you mean 'duration'?");
  }

  @Test
  void aFileWithoutRowsIsAWarning() {
    assertThat(files.read("prompt").warnings())
        .containsExactly("the file has a header and no rows");
  }

  @Test
  void everythingWrongWithALineIsSaidAtOnceWithWhatWouldBeRight() throws URISyntaxException {
    var read =
        CsvFiles.read(
            Path.of(Objects.requireNonNull(getClass().getResource("five-errors.csv")).toURI()));

    assertThat(read.errors())
        .containsExactly(
            "line 3, column Seconds, \"12\": must be 15 or 25; did you mean '15'?",
            "line 4, column 操作, \"crate\": must be create or remix or extend; did you mean"
                + " 'create'?",
            "line 5, column 提示词: is empty; say what the video should show",
            "line 5, column 方向, \"potrait\": must be portrait or landscape; did you mean"
                + " 'portrait'?",
            "line 6, column Task ID, \"kite\": does not apply to create; only remix and extend start"
                + " from a video",
            "line 6, column start_time, \"3\": does not apply to create with sora-2-pro, which takes"
                + " images, orientation, size, duration, watermark, private; leave it empty",
            "line 7: has 10 cells, the header 9; is a comma missing its quotes?",
            "line 8, column start_time: is empty; extend with grok-video-3 needs it: a whole number,"
                + " 0 or more");
    assertThat(read.lines()).hasSize(7);
  }

  @Test
  void aColumnOfAnotherOperationMustBeEmpty() {
    assertErrors("operation,prompt,source,model", "remix,p,kite,sora-2")
        .containsExactly(
            "line 2, column model, \"sora-2\": does not apply to a remix, which takes its source's"
                + " model; leave it empty");
    assertErrors("operation,prompt,source,orientation", "remix,p,kite,portrait")
        .containsExactly(
            "line 2, column orientation, \"portrait\": does not apply to remix, which takes size;"
                + " leave it empty");
    assertErrors("operation,prompt,source,duration,model", "extend,p,kite,8,new")
        .singleElement()
        .asString()
        .contains("column duration", "does not apply to extend with new");
    assertErrors("operation,prompt,source", "remix,p,")
        .singleElement()
        .asString()
        .contains("is empty; remix needs the id");
    assertErrors("operation,prompt,source,model", "extend,p,kite,sora-2")
        .containsExactly(
            "line 2, column model, \"sora-2\": does not extend; models that do: grok-video-3");
  }

  @Test
  void wrongValuesAreSaidInTheWordsOfTheirType() {
    assertErrors("prompt,watermark,private,images", "p,maybe,ture,ftp://x/1 nonsense")
        .containsExactly(
            "line 2, column images, \"ftp://x/1 nonsense\": holds 'ftp://x/1', which is no http(s)"
                + " address; spaces and | separate several addresses, and each is whole (a space"
                + " within one is %20)",
            "line 2, column watermark, \"maybe\": must be true or false",
            "line 2, column private, \"ture\": must be true or false");
    assertErrors("operation,prompt,source,size", "remix,p,kite,wide")
        .containsExactly("line 2, column size, \"wide\": must look like 1280x720");
    assertErrors("prompt,model,duration", "p,new,8m")
        .containsExactly("line 2, column duration, \"8m\": must be a whole number, 0 or more");
    assertErrors("prompt,param.duration", "p,8")
        .containsExactly(
            "line 2, column param.duration, \"8\": sets a field that has a column of its own; use column duration");
  }

  @Test
  void aSheetOfWhatIsNoWorkbookIsRefused() throws IOException {
    Path file = files.write("prompt\na kite\n");

    UnreadableInputException refused =
        catchThrowableOfType(
            UnreadableInputException.class,
            () -> CsvFiles.readThrough(file, new Hints(null, "镜头")));

    assertThat(refused.errors())
        .singleElement()
        .asString()
        .contains("sheet '镜头' is asked for", "no workbook", "--sheet");
  }

  @Test
  void controlCharactersAreNamed() {
    assertErrors("prompt,note", "a\tb,\"x\u0000y\"")
        .containsExactly(
            "line 2, column note, \"x·y\": holds the control character U+0000 as character 2; remove it");
  }

  @Test
  void anIdMustBeTellableFromATaskAndFromAMadeKey() {
    assertErrors(
            "id,prompt",
            "shot-1,p",
            "~a,p",
            "a#1,p",
            "video_1,p",
            "a:1,p",
            "x".repeat(101) + ",p",
            "\"a\nb\",p")
        .hasSize(6)
        .satisfies(
            errors ->
                assertThat(errors.get(2)).contains("column id, \"video_1\": looks like a task id"));
  }

  @Test
  void anIdThatASpreadsheetWouldRewriteIsAWarningOnce() {
    assertThat(files.read("id,prompt", "shot-001,p", "001,p", "002,p").warnings())
        .singleElement()
        .asString()
        .contains("line 3, column id", "\"001\"");
    for (String fragile :
        List.of("1e5", "2024-01", "1/2", "MAR1", "TRUE", "123456789012345", "=a")) {
      assertThat(files.read("id,prompt", fragile + ",p").warnings()).as(fragile).hasSize(1);
    }
    for (String safe : List.of("1", "12345", "a1", "kite", "march-hare", "3d")) {
      assertThat(files.read("id,prompt", safe + ",p").warnings()).as(safe).isEmpty();
    }
  }

  @Test
  void extraCellsThatAreEmptyAreDropped() {
    assertThat(files.read("prompt,note", "a,b,,  ,").lines().get(0).cells())
        .containsExactly("a", "b");
  }

  @Test
  void theSamplesAreRight() {
    var first = CsvFiles.read(Path.of("samples/first-run.csv"));
    var wrong = CsvFiles.read(Path.of("samples/what-can-go-wrong.csv"));

    assertSourcesFit(first.orders());
    assertSourcesFit(wrong.orders());
    assertThat(first.orders()).hasSize(12);
    assertThat(first.warnings()).isEmpty();
    assertThat(wrong.orders()).hasSize(12);
    assertThat(wrong.warnings()).isEmpty();
    assertThat(first.columns()).contains("scene");
    assertThat(wrong.columns()).contains("what_happens");
  }

  private static void assertSourcesFit(List<WrittenOrder> orders) {
    Set<String> ids = new HashSet<>();
    for (WrittenOrder order : orders) {
      assertThat(ids.add(Objects.requireNonNull(order.id()))).isTrue();
      if (order.source() instanceof SourceRef.OfRow row) {
        var source = orders.stream().filter(other -> row.id().equals(other.id())).findFirst();
        assertThat(source).as(row.id()).isPresent();
        String model = Objects.requireNonNull(source.get().order().model());
        if (order.order().operation() == Operation.EXTEND) {
          assertThat(model).startsWith("grok");
        } else {
          assertThat(model).startsWith("sora");
          assertThat(source.get().order().fields()).containsEntry("private", BooleanNode.FALSE);
        }
      }
    }
  }

  private ListAssert<String> assertErrors(String... lines) {
    return assertThat(files.read(lines).errors());
  }

  private AbstractStringAssert<?> assertRefused(String text) {
    return assertRefused(text.getBytes(StandardCharsets.UTF_8));
  }

  private AbstractStringAssert<?> assertRefused(byte[] bytes) {
    Path file = files.write(bytes);
    var refusal =
        catchThrowableOfType(
            UnreadableInputException.class, () -> CsvFiles.readThrough(file, Hints.NONE));
    assertThat(refusal).isNotNull();
    assertThat(refusal.errors()).isNotEmpty();
    assertThat(refusal.errors().stream().map(LineError::toString))
        .containsExactly(Objects.requireNonNull(refusal.getMessage()).split("\n"));
    return assertThat(refusal.getMessage());
  }

  @Test
  void aFileThatNobodyTouchedHasTheSameStamp() throws IOException {
    Path file = files.write("prompt\na kite\n");
    Instant later = Files.getLastModifiedTime(file).toInstant().plusSeconds(3);
    Optional<String> stamp = OrderFile.stampOf(file, later);

    assertThat(stamp).isPresent().isEqualTo(OrderFile.stampOf(file, later.plusSeconds(3600)));
  }

  @Test
  void aFileOfOtherSizeOrTimeOrInAnotherPlaceHasAnotherStamp() throws IOException {
    Path file = files.write("prompt\na kite\n");
    FileTime time = Files.getLastModifiedTime(file);
    Instant later = time.toInstant().plusSeconds(100);
    Optional<String> stamp = OrderFile.stampOf(file, later);

    Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusMillis(1)));
    assertThat(OrderFile.stampOf(file, later)).isPresent().isNotEqualTo(stamp);

    Files.writeString(file, "prompt\na kite!\n");
    Files.setLastModifiedTime(file, time);
    assertThat(OrderFile.stampOf(file, later)).isPresent().isNotEqualTo(stamp);

    Path other = Files.writeString(file.resolveSibling("other.csv"), "prompt\nA kite\n");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(OrderFile.stampOf(file, later)).isPresent().isNotEqualTo(stamp);
  }

  @Test
  void aFileThatWasChangedJustNowHasNoStamp() throws IOException {
    Path file = files.write("prompt\na kite\n");
    Instant modified = Files.getLastModifiedTime(file).toInstant();

    assertThat(OrderFile.stampOf(file, modified.plusMillis(1900))).isEmpty();
  }

  @Test
  void aTitleAboveTheNamesOfTheColumnsIsToldFromThem() {
    assertRefused("Shots of May,,\n,,\n编号,提示词,时长\na,a kite,15\n")
        .isEqualTo(
            "line 1: line 3 looks as if it named the columns (编号, 提示词, 时长), and they must be"
                + " named in the first line that is not empty; delete what stands above line 3");
    assertRefused("a title\nno columns\nat all\n").contains("there is no column");
  }
}
