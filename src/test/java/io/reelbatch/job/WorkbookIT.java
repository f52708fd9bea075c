package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.csv.Workbook;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a workbook; the gateway's log says what was paid for. */
class WorkbookIT {

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
  void theCsvThatIsSavedFromAWorkbookIsNotPaidForAgain() {
    new Workbook()
        .row("提示词", "时长", "水印", "备注")
        .row("红色的风筝", 15, true, "客户")
        .row("two\nlines", 25, "", "")
        .write(world.file());
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    world.csv("提示词,时长,水印,备注", "红色的风筝,15,TRUE,客户", "\"two\nlines\",25,,");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(world.sentPrompts()).containsExactlyInAnyOrder("红色的风筝", "two\nlines");
    assertThat(world.reported("line")).containsExactly("2", "3");
  }

  @Test
  void anotherSheetOfTheSameFileIsAnotherInput() {
    new Workbook().row("prompt").row("a kite").sheet("more", "prompt", "a dog").write(world.file());
    world.run();

    world.with("reelbatch.csv.sheet", "more").run();
    world.run();

    assertThat(world.sentPrompts()).containsExactly("a kite", "a dog");
    assertThat(world.reported("prompt")).containsExactly("a dog");
  }

  @Test
  void aCellThatIsNoTextSendsNothing() {
    Workbook workbook = new Workbook();
    workbook
        .row("prompt", "model", "aspect_ratio")
        .row("a kite", "grok-video-3", workbook.number("0.0854166666666667", "h:mm"))
        .write(world.file());

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.REJECTED);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains("line 2, column aspect_ratio", "02:03", "date or a time");
    assertThat(world.sentPrompts()).isEmpty();
  }
}
