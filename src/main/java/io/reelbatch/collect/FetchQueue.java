package io.reelbatch.collect;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.VideoPage;
import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.ledger.Videos;
import io.reelbatch.pacing.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The videos of a run that have no file yet: those whose links die first come first. New ones are
 * found in the ledger, by number: no other step has to tell; no more of them at a time than fit
 * into memory. Thread-safe.
 */
public final class FetchQueue {

  private static final int PAGE = 1000;
  private static final int MOST = 10_000;

  private final Ledger ledger;
  private final Videos videos;
  private final Shelf shelf;
  private final CollectSettings settings;
  private final MonotonicClock clock;
  private final PriorityQueue<WantedVideo> ready =
      new PriorityQueue<>(
          Comparator.comparing(WantedVideo::dies).thenComparingLong(wanted -> wanted.video().id()));
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private long committed = -1;
  private boolean more = true;
  private long lastSeen;
  private int underWay;
  private long fetched;
  private long bytes;
  private long givenUp;

  /**
   * What came of it so far.
   *
   * @param fetched files that came whole
   * @param bytes of them together
   * @param givenUp videos that this run gave up
   * @param left videos that are known and not fetched yet
   */
  public record Summary(long fetched, long bytes, long givenUp, long left) {}

  private record Waiting(WantedVideo wanted, long from) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      return Long.signum(from - other.from);
    }
  }

  /** An empty queue; {@link #lookForNew} fills it. */
  public FetchQueue(
      Ledger ledger, Videos videos, Shelf shelf, CollectSettings settings, MonotonicClock clock) {
    this.ledger = ledger;
    this.videos = videos;
    this.shelf = shelf;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes in the videos that were finished since the last call. */
  synchronized void lookForNew() {
    long commits = ledger.commits();
    if (commits == committed && !more) {
      return;
    }
    committed = commits;
    more = true;
    while (more && size() < MOST) {
      VideoPage page = videos.after(lastSeen, PAGE);
      for (VideoRecord video : page.videos()) {
        if (shelf.lacks(video)) {
          ready.add(WantedVideo.of(video, settings.linkLife()));
        }
      }
      lastSeen = page.upTo();
      more = page.isMore();
    }
  }

  private int size() {
    return ready.size() + waiting.size() + underWay;
  }

  /** Whether there is nothing to fetch, now or later, of what has ended so far. */
  synchronized boolean isEmpty() {
    lookForNew();
    return size() == 0 && !more;
  }

  /** Takes out the most urgent ones, at most so many. */
  synchronized List<WantedVideo> due(int max) {
    while (!waiting.isEmpty() && waiting.element().from() - clock.nanos() <= 0) {
      ready.add(waiting.remove().wanted());
    }
    List<WantedVideo> due = new ArrayList<>();
    while (due.size() < max && !ready.isEmpty()) {
      due.add(ready.remove());
    }
    underWay += due.size();
    return due;
  }

  /** How long until one that waits may be tried again; zero if none waits. */
  synchronized Duration untilFirst() {
    return waiting.isEmpty() || !ready.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, waiting.element().from() - clock.nanos()));
  }

  /** It is tried again after that time. */
  synchronized void again(WantedVideo wanted, Duration pause) {
    underWay--;
    waiting.add(new Waiting(wanted, clock.nanos() + pause.toNanos()));
  }

  /** Its file is there. */
  synchronized void arrived(long length) {
    underWay--;
    fetched++;
    bytes += length;
  }

  /** It is not tried again in this run. */
  synchronized void gaveUp() {
    underWay--;
    givenUp++;
  }

  /** What came of it so far. */
  public synchronized Summary summary() {
    return new Summary(fetched, bytes, givenUp, size());
  }
}
