package io.reelbatch.report;

import static io.reelbatch.model.RowState.FAILED;
import static io.reelbatch.model.RowState.IN_DOUBT;
import static io.reelbatch.model.RowState.PLANNED;
import static io.reelbatch.model.RowState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RowState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShownRowsTest {

  private final ShownRows rows = new ShownRows();
  private long line = 1;

  @Test
  void upToTheLimitAllAreShownInTheirOrder() {
    add(5000, SUCCEEDED);
    add(4999, FAILED);
    add(1, SUCCEEDED);

    assertThat(rows.size()).isEqualTo(10_000);
    assertThat(rows.json().map(Long::valueOf)).hasSize(10_000).isSorted();
  }

  @Test
  void beyondItWhatWentWellMakesRoomForWhatNeedsSomebody() {
    add(100_000, SUCCEEDED);
    add(900_000, PLANNED);
    add(6000, FAILED);
    add(40, IN_DOUBT);

    assertThat(rows.size()).isLessThanOrEqualTo(10_000);
    long[] shown = rows.json().mapToLong(Long::parseLong).toArray();
    assertThat(Arrays.stream(shown).filter(n -> n > 1_000_001)).hasSize(6040);
  }

  @Test
  void aSampleComesFromTheWholeFile() {
    add(1_000_000, SUCCEEDED);

    long[] shown = rows.json().mapToLong(Long::parseLong).toArray();
    assertThat(shown.length).isBetween(5000, 10_000);
    assertThat(shown[0]).isEqualTo(2);
    assertThat(shown[shown.length - 1]).isGreaterThan(990_000);
  }

  @Test
  void everyStateKeepsSomeRowsHoweverManyThereAre() {
    for (RowState state : RowState.values()) {
      add(20_000, state);
    }

    assertThat(rows.size()).isBetween(5000, 10_000);
  }

  @Test
  void whatIsNotKeptIsNotEvenWritten() {
    int[] written = {0};
    for (int i = 0; i < 1_000_000; i++) {
      rows.add(
          i,
          SUCCEEDED,
          () -> {
            written[0]++;
            return "";
          });
    }

    assertThat(written[0]).isLessThan(60_000);
  }

  private void add(int count, RowState state) {
    for (int i = 0; i < count; i++) {
      long n = ++line;
      rows.add(n, state, () -> Long.toString(n));
    }
  }
}
