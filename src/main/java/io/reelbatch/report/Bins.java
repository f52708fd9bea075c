package io.reelbatch.report;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How often values fall where, in the same memory for any number of them: when they spread too far,
 * the bins grow wider. Each width is a multiple of the one before, so that nothing counted moves.
 */
final class Bins {

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** In milliseconds; spans that people think in. */
  private static final long[] WIDTHS = {
    100,
    500,
    SECOND,
    5 * SECOND,
    15 * SECOND,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
    28 * DAY,
    364 * DAY,
    3640 * DAY,
    364_000 * DAY
  };

  private final int most;
  private final NavigableMap<Long, Long> counts = new TreeMap<>();
  private int step;
  private long all;

  /**
   * Empty bins.
   *
   * @param most bins from the first value to the last, at most
   */
  Bins(int most) {
    this.most = most;
  }

  /** Counts one value. */
  void add(long millis) {
    counts.merge(Math.floorDiv(millis, width()), 1L, Long::sum);
    all++;
    while (span() > most && step < WIDTHS.length - 1) {
      widen();
    }
  }

  long all() {
    return all;
  }

  boolean isEmpty() {
    return all == 0;
  }

  /** In milliseconds. */
  long width() {
    return WIDTHS[step];
  }

  /** Where the first bin begins. */
  long start() {
    return isEmpty() ? 0 : counts.firstKey() * width();
  }

  /** Where the last bin ends. */
  long end() {
    return isEmpty() ? 0 : (counts.lastKey() + 1) * width();
  }

  /** How many values are in the bin that begins there. */
  long at(long start) {
    return counts.getOrDefault(Math.floorDiv(start, width()), 0L);
  }

  /** The end of the bin up to which this share of all values lies. */
  long below(double share) {
    long seen = 0;
    for (Map.Entry<Long, Long> bin : counts.entrySet()) {
      seen += bin.getValue();
      if (seen >= share * all) {
        return (bin.getKey() + 1) * width();
      }
    }
    return end();
  }

  /** The same in bins at least that wide. */
  Bins atLeast(long width) {
    Bins wide = new Bins(most);
    wide.counts.putAll(counts);
    wide.step = step;
    wide.all = all;
    while (wide.width() < width && wide.step < WIDTHS.length - 1) {
      wide.widen();
    }
    return wide;
  }

  /** The narrowest of the widths in which no more than that many bins cover the span. */
  static long widthFor(long span, int bins) {
    for (long width : WIDTHS) {
      if (span <= width * bins) {
        return width;
      }
    }
    return WIDTHS[WIDTHS.length - 1];
  }

  private long span() {
    return counts.lastKey() - counts.firstKey() + 1;
  }

  private void widen() {
    long factor = WIDTHS[step + 1] / WIDTHS[step];
    NavigableMap<Long, Long> wider = new TreeMap<>();
    counts.forEach((bin, n) -> wider.merge(Math.floorDiv(bin, factor), n, Long::sum));
    counts.clear();
    counts.putAll(wider);
    step++;
  }
}
