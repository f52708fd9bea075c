package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line orders as many rows as its column {@code variants} says. */
class VariantsTest {

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void aLineIsReadOnceForEachRowThatItOrders() {
    var read = files.read("id,prompt,variants", "shot,a kite,3", "other,a dog,");

    assertThat(read.lines()).extracting(InputLine::number).containsExactly(2L, 2L, 2L, 3L);
    assertThat(read.lines()).extracting(InputLine::variant).containsExactly(1, 2, 3, 0);
    assertThat(read.lines()).extracting(InputLine::position).isSorted().doesNotHaveDuplicates();
    assertThat(read.orders())
        .extracting(WrittenOrder::id)
        .containsExactly("shot", "shot#2", "shot#3", "other");
    assertThat(read.lines().get(2).cells()).containsExactly("shot", "a kite", "3");
  }

  @Test
  void howOftenALineIsOrderedIsNoPartOfWhatItAsksFor() {
    var without = files.read("prompt", "a kite").orders().get(0).content();

    for (String variants : List.of("", "1", "2", "100")) {
      assertThat(files.read("prompt,variants", "a kite," + variants).orders())
          .hasSize(variants.isEmpty() ? 1 : Integer.parseInt(variants))
          .allMatch(order -> order.content().equals(without) && order.id() == null);
    }
  }

  @Test
  void oneIsWhatALineIsWithoutIt() {
    assertThat(files.read("id,prompt,variants", "shot,a kite,1").lines())
        .isEqualTo(
            List.of(
                new InputLine(
                    2,
                    List.of("shot", "a kite", "1"),
                    Objects.requireNonNull(
                        files.read("id,prompt", "shot,a kite").lines().get(0).order()),
                    List.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "1.5", "two", "1e1", "3 or 4", "99999999999999999999"})
  void anythingElseIsAnErrorThatSaysWhatIsAllowed(String variants) {
    var read = files.read("prompt,variants", "a kite," + variants);

    assertThat(read.lines()).hasSize(1);
    assertThat(read.errors())
        .singleElement()
        .asString()
        .contains("line 2, column variants", "must be a whole number from 1 to 100");
  }

  @Test
  void aWrongLineIsThereOnceHoweverOftenItIsOrdered() {
    assertThat(files.read("prompt,variants,duration", "a kite,5,16").lines()).hasSize(1);
  }

  @Test
  void itHasOtherNamesAndFullWidthNumbersToo() {
    for (String name : List.of("Variants", "变体", "变体数", "份数")) {
      assertThat(files.read("prompt," + name, "a kite,３").lines()).as(name).hasSize(3);
    }
  }

  @Test
  void aSourceMayNameAVariantAndTheFirstHasTheNameOfItsLine() {
    var read =
        files.read(
            "id,prompt,variants,operation,source",
            "shot,a kite,2,,",
            ",at night,,remix,shot",
            ",at night,,remix,shot#1",
            ",at night,,remix,shot#2");

    assertThat(read.orders())
        .extracting(WrittenOrder::source)
        .containsExactly(
            null,
            null,
            new SourceRef.OfRow("shot"),
            new SourceRef.OfRow("shot"),
            new SourceRef.OfRow("shot#2"));
  }
}
