package io.reelbatch.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A group writer whose first commit waits until it is released, so that entries gather. */
final class HeldGroup implements Journal.Group {

  private final Journal.Group target;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<List<JournalEntry>> groups = Collections.synchronizedList(new ArrayList<>());

  HeldGroup(Journal.Group target) {
    this.target = target;
  }

  @Override
  public void commit(List<JournalEntry> entries) {
    groups.add(List.copyOf(entries));
    begun.countDown();
    await(released);
    target.commit(entries);
  }

  @Override
  public void sync(List<JournalEntry> entries) {
    target.sync(entries);
  }

  void awaitFirst() {
    await(begun);
  }

  void release() {
    released.countDown();
  }

  /** How many entries each commit had. */
  List<Integer> sizes() {
    return groups.stream().map(List::size).toList();
  }

  List<JournalEntry> entries() {
    return groups.stream().flatMap(List::stream).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, java.util.concurrent.TimeUnit.SECONDS)) {
        throw new AssertionError("waited too long");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
