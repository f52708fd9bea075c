package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CarriedColumnsTest {

  @Test
  void aColumnOfItsOwnNameKeepsIt() {
    assertThat(names("id", "Prompt", "提示词", "param.seed", "input.x"))
        .containsExactly("id", "Prompt", "提示词", "param.seed", "input.x");
  }

  @Test
  void aColumnNamedLikeOneOfTheReportIsCarriedAsInput() {
    assertThat(names("prompt", "state", "cost", "raw"))
        .containsExactly("prompt", "input.state", "input.cost", "input.raw");
  }

  @Test
  void caseAndOuterSpacesDoNotTellTwoNamesApart() {
    assertThat(names("State", " line ", "LINE"))
        .containsExactly("input.State", "input. line ", "input.LINE");
    assertThat(names("note", "Note")).containsExactly("note", "Note.2");
  }

  @Test
  void repeatedNamesAreNumbered() {
    assertThat(names("note", "note", "note", "", ""))
        .containsExactly("note", "note.2", "note.3", "", ".2");
    assertThat(names("row", "row")).containsExactly("input.row", "input.row.2");
  }

  @Test
  void aRenamedColumnNeverTakesTheNameOfAnother() {
    assertThat(names("row", "input.row", "note", "note", "note.2"))
        .containsExactly("input.row.2", "input.row", "note", "note.3", "note.2");
  }

  @Test
  void aLineThatIsTooShortOrTooLongIsFitted() {
    CarriedColumns columns = CarriedColumns.of(List.of("id", "prompt"));

    assertThat(columns.fitted(List.of("a"))).containsExactly("a", "");
    assertThat(columns.fitted(List.of("a", "b", "c"))).containsExactly("a", "b");
  }

  private static List<String> names(String... header) {
    return CarriedColumns.of(List.of(header)).names();
  }
}
