package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

/** What the ledger's one writer owes to those who hand it entries. */
class JournalTest {

  private static final JournalEntry POISON = entry();
  private final List<List<JournalEntry>> commits = Collections.synchronizedList(new ArrayList<>());

  /** Takes everything but what is poisoned. */
  private final Journal.Group picky =
      new Journal.Group() {
        @Override
        public void commit(List<JournalEntry> entries) {
          if (entries.stream().anyMatch(entry -> entry == POISON)) {
            throw new IllegalStateException("poison");
          }
          commits.add(List.copyOf(entries));
        }

        @Override
        public void sync(List<JournalEntry> entries) {}
      };

  @Test
  void whatArrivesDuringACommitSharesTheNextOneInItsOwnOrder() {
    HeldGroup held = new HeldGroup(picky);
    List<JournalEntry> entries = List.of(entry(), entry(), entry(), entry());
    try (Journal journal = new Journal(held, Duration.ZERO)) {
      CompletableFuture<Void> first = journal.add(entries.get(0));
      held.awaitFirst();
      List<CompletableFuture<Void>> rest =
          entries.subList(1, 4).stream().map(journal::add).toList();
      assertThat(first).isNotDone();
      held.release();
      rest.forEach(CompletableFuture::join);
    }

    assertThat(held.sizes()).containsExactly(1, 3);
    assertThat(held.entries()).usingElementComparator((a, b) -> a == b ? 0 : 1).isEqualTo(entries);
  }

  @Test
  void onePoisonedEntryHarmsNoOther() {
    HeldGroup held = new HeldGroup(picky);
    try (Journal journal = new Journal(held, Duration.ZERO)) {
      CompletableFuture<Void> first = journal.add(entry());
      held.awaitFirst();
      CompletableFuture<Void> before = journal.add(entry());
      CompletableFuture<Void> poisoned = journal.add(POISON);
      CompletableFuture<Void> after = journal.add(entry());
      held.release();

      first.join();
      before.join();
      after.join();
      assertThatThrownBy(poisoned::join).hasMessageContaining("poison");
    }
  }

  @Test
  void whenTheDatabaseAnswersNoMoreNobodyWaitsForItNotEvenWhoCloses() {
    HeldGroup held = new HeldGroup(picky);
    Journal journal = new Journal(held, Duration.ZERO);
    CompletableFuture<Void> first = journal.add(entry());
    held.awaitFirst();
    CompletableFuture<Void> waiting = journal.add(entry());

    journal.giveUp(new LedgerException(Message.of("broke")));
    CompletableFuture<Void> late = journal.add(entry());
    journal.close();

    for (CompletableFuture<Void> each : List.of(first, waiting, late)) {
      assertThatThrownBy(each::join).hasCauseInstanceOf(LedgerException.class);
    }
    held.release();
  }

  @Test
  void closingWritesWhatWaits() {
    HeldGroup held = new HeldGroup(picky);
    Journal journal = new Journal(held, Duration.ZERO);
    CompletableFuture<Void> first = journal.add(entry());
    held.awaitFirst();
    CompletableFuture<Void> waiting = journal.add(entry());
    held.release();

    journal.close();

    assertThat(first).isCompleted();
    assertThat(waiting).isCompleted();
    assertThat(commits).hasSize(2);
  }

  @Test
  void nothingIsTakenAfterTheEndAndClosingTwiceIsFine() {
    Journal journal = new Journal(picky, Duration.ZERO);
    journal.close();
    journal.close();

    assertThatThrownBy(() -> journal.add(entry()).join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("closed");
  }

  @RepeatedTest(50)
  void everyEntryIsAnsweredHoweverItRacesWithTheEnd() throws InterruptedException {
    Journal journal = new Journal(picky, Duration.ZERO);
    ExecutorService callers = Executors.newFixedThreadPool(3);
    List<CompletableFuture<Void>> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      callers.execute(
          () -> {
            for (int j = 0; j < 200; j++) {
              answers.add(journal.add(entry()));
            }
          });
    }
    journal.close();
    callers.shutdown();
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(answers).hasSize(600).allMatch(CompletableFuture::isDone);
  }

  @Test
  void anErrorOfTheMachineEndsTheEntryAndNotTheWriter() {
    AtomicInteger calls = new AtomicInteger();
    Journal.Group failing =
        new Journal.Group() {
          @Override
          public void commit(List<JournalEntry> entries) {
            calls.incrementAndGet();
            if (entries.get(0) == POISON) {
              throw new OutOfMemoryError("no heap");
            }
          }

          @Override
          public void sync(List<JournalEntry> entries) {}
        };
    try (Journal journal = new Journal(failing, Duration.ZERO)) {
      assertThatThrownBy(() -> journal.add(POISON).join()).hasMessageContaining("no heap");
      journal.add(entry()).join();
    }

    assertThat(calls.get()).isEqualTo(5);
  }

  @Test
  void withoutAConnectionTheOthersOfAGroupDoNotWaitForOne() {
    AtomicInteger calls = new AtomicInteger();
    HeldGroup held =
        new HeldGroup(
            new Journal.Group() {
              @Override
              public void commit(List<JournalEntry> entries) {
                calls.incrementAndGet();
                throw new CannotCreateTransactionException("no connection");
              }

              @Override
              public void sync(List<JournalEntry> entries) {}
            });
    try (Journal journal = new Journal(held, Duration.ZERO)) {
      CompletableFuture<Void> first = journal.add(entry());
      held.awaitFirst();
      List<CompletableFuture<Void>> rest =
          java.util.stream.Stream.generate(() -> journal.add(entry())).limit(20).toList();
      held.release();

      assertThatThrownBy(first::join).hasMessageContaining("no connection");
      rest.forEach(
          answer -> assertThatThrownBy(answer::join).hasMessageContaining("no connection"));
    }

    assertThat(calls.get()).isEqualTo(8);
  }

  @Test
  void anInterruptedCloserStillWaitsAndStaysInterrupted() {
    HeldGroup held = new HeldGroup(picky);
    Journal journal = new Journal(held, Duration.ZERO);
    CompletableFuture<Void> waiting = journal.add(entry());
    held.awaitFirst();
    Thread.currentThread().interrupt();
    held.release();

    journal.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(waiting).isCompleted();
  }

  private static JournalEntry entry() {
    return new JournalEntry.Intents(new ArrayList<>(), LedgerWorld.NOW, new Grant());
  }
}
