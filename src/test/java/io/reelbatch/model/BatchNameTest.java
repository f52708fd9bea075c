package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "shots-2026-11-20", "镜头_第1批", "v1.2", "été", "ขั้น"})
  void lettersAndDigitsOfAnyScriptNameABatch(String name) {
    assertThat(new BatchName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-a", ".a", "..", "_a", "a/b", "a\\b", "a b", "a\n", "a:b", "\u0301a"})
  void whatIsNoSafeFolderNameIsRefusedAndTheMessageSaysWhatIsAllowed(String name) {
    assertThatThrownBy(() -> new BatchName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' cannot name a batch: use up to 100 letters, digits, '.', '_' or '-', starting"
                + " with a letter or digit",
            name);
  }

  @Test
  void aHundredCharactersAreTheMost() {
    assertThat(new BatchName("镜".repeat(100)).value()).hasSize(100);
    assertThatThrownBy(() -> new BatchName("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsNeverLongerThanItsColumnInTheLedger() {
    String rare = "𠮷".repeat(51); // two chars each

    assertThatThrownBy(() -> new BatchName(rare)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccentTypedInOneKeyOrTwoNamesTheSameBatch() {
    var composed = new BatchName("caf\u00e9");
    var combining = new BatchName("cafe\u0301");

    assertThat(combining).isEqualTo(composed);
    assertThat(BatchName.fromFileName("cafe\u0301.csv")).isEqualTo(composed);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          shots.csv,            shots
          shots,                shots
          shots.2026-11.csv,    shots.2026-11
          a b(1).csv,           a-b-1-
          -- a.csv,             a
          .csv,                 csv
          镜头 第一批.csv,         镜头-第一批
          镜头（第一批）.csv,       镜头-第一批-
          """)
  void aFileNameBecomesABatchName(String file, String name) {
    assertThat(BatchName.fromFileName(file)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"---.csv", "(-)", "…", "..", " .csv"})
  void aFileNameWithoutLetterOrDigitIsNamedInTheMessage(String file) {
    assertThatThrownBy(() -> BatchName.fromFileName(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no batch name can be made of the file name '%s': it has no letter or digit", file);
  }

  @Test
  void aLongFileNameIsCutAndNeverThroughACharacter() {
    assertThat(BatchName.fromFileName("a".repeat(200) + ".csv").value()).isEqualTo("a".repeat(100));
    assertThat(BatchName.fromFileName("a" + "𠮷".repeat(99) + ".csv").value())
        .isEqualTo("a" + "𠮷".repeat(49));
  }

  @Test
  void aFileNameThatTheLocaleCannotReadNamesNoBatch() {
    assertThatThrownBy(() -> BatchName.fromFileName("\uFFFD\uFFFD1.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }
}
