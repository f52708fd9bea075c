package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who hears of commits changes nothing about them. */
class HeardGroupTest {

  private final List<String> events = new ArrayList<>();

  private final Journal.Group group =
      new Journal.Group() {
        @Override
        public void commit(List<JournalEntry> entries) {
          events.add("committed");
        }

        @Override
        public void sync(List<JournalEntry> entries) {
          throw new IllegalStateException("disk");
        }
      };

  @Test
  void aStepIsHeardOfWhenItIsDoneAndNotWhenItFailed() {
    HeardGroup heard =
        new HeardGroup(
            group,
            step -> {
              events.add("begins " + step);
              return () -> events.add("done " + step);
            });

    heard.commit(List.of());
    assertThatThrownBy(() -> heard.sync(List.of())).hasMessage("disk");

    assertThat(events).containsExactly("begins COMMIT", "committed", "done COMMIT", "begins SYNC");
  }

  @Test
  void aListenerThatFailsDoesNotMakeACommitLookLikeAFailure() {
    new HeardGroup(
            group,
            step -> {
              throw new IllegalStateException("a listener");
            })
        .commit(List.of());
    new HeardGroup(
            group,
            step ->
                () -> {
                  throw new IllegalStateException("a listener");
                })
        .commit(List.of());

    assertThat(events).containsExactly("committed", "committed");
  }
}
