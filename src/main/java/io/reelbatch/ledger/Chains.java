package io.reelbatch.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which of many things start from which other: each from one at most, and any number from each.
 * They are numbers here, lines or rows, so that a million of them fit into a small heap.
 */
final class Chains {

  private static final int NONE = -1;

  private final long[] things;
  private final int[] source;
  private final int[] height;
  private final int[] top;

  /** Those that start from another, from the ends of the chains to their tops; no circles. */
  private final int[] upwards;

  /** Takes links in any order. */
  static final class Builder {

    private long[] starting = new long[16];
    private long[] sources = new long[16];
    private int links;

    /** The one starts from the other. A second source of the same thing is left out. */
    void add(long thing, long source) {
      if (links == starting.length) {
        starting = Arrays.copyOf(starting, links * 2);
        sources = Arrays.copyOf(sources, links * 2);
      }
      starting[links] = thing;
      sources[links] = source;
      links++;
    }

    Chains build() {
      return new Chains(Arrays.copyOf(starting, links), Arrays.copyOf(sources, links));
    }
  }

  private Chains(long[] starting, long[] sources) {
    long[] all = Arrays.copyOf(starting, starting.length + sources.length);
    System.arraycopy(sources, 0, all, starting.length, sources.length);
    things = Arrays.stream(all).sorted().distinct().toArray();
    source = new int[things.length];
    height = new int[things.length];
    Arrays.fill(source, NONE);
    int[] hanging = new int[things.length];
    for (int i = 0; i < starting.length; i++) {
      int thing = at(starting[i]);
      if (source[thing] == NONE) {
        source[thing] = at(sources[i]);
        hanging[source[thing]]++;
      }
    }
    upwards = upwards(hanging);
    top = new int[things.length];
    for (int i = upwards.length - 1; i >= 0; i--) {
      int above = source[upwards[i]];
      top[upwards[i]] = above == NONE ? upwards[i] : top[above];
    }
  }

  /** A thing comes when all that hangs on it has come; what is in a circle never does. */
  private int[] upwards(int[] hanging) {
    int[] order = new int[things.length];
    int known = 0;
    for (int thing = 0; thing < things.length; thing++) {
      if (hanging[thing] == 0) {
        order[known++] = thing;
      }
    }
    for (int next = 0; next < known; next++) {
      int above = source[order[next]];
      if (above != NONE) {
        height[above] = Math.max(height[above], height[order[next]] + 1);
        if (--hanging[above] == 0) {
          order[known++] = above;
        }
      }
    }
    return Arrays.copyOf(order, known);
  }

  private int at(long thing) {
    return Arrays.binarySearch(things, thing);
  }

  /** How many things start from another. */
  int links() {
    return (int) Arrays.stream(source).filter(at -> at != NONE).count();
  }

  /** What it starts from; 0 if from nothing here. */
  long sourceOf(long thing) {
    int at = at(thing);
    return at < 0 || source[at] == NONE ? 0 : things[source[at]];
  }

  /** Where its chain begins; itself if it starts from nothing here. Not for circles. */
  long topOf(long thing) {
    int at = at(thing);
    return at < 0 ? thing : things[top[at]];
  }

  /** How many things hang on it, one after the other, in its longest chain. */
  int heightOf(long thing) {
    int at = at(thing);
    return at < 0 ? 0 : height[at];
  }

  /**
   * All that starts from one of these, at however many removes; sources before what hangs on them.
   */
  List<Long> below(Collection<Long> tops) {
    boolean[] marked = new boolean[things.length];
    tops.stream().mapToInt(this::at).filter(at -> at >= 0).forEach(at -> marked[at] = true);
    List<Long> below = new ArrayList<>();
    for (int i = upwards.length - 1; i >= 0; i--) {
      int thing = upwards[i];
      if (source[thing] != NONE && marked[source[thing]]) {
        marked[thing] = true;
        below.add(things[thing]);
      }
    }
    return below;
  }

  /**
   * Things that wait for each other in a circle, each circle from its smallest, along the sources.
   */
  List<List<Long>> circles() {
    boolean[] seen = new boolean[things.length];
    for (int thing : upwards) {
      seen[thing] = true;
    }
    List<List<Long>> circles = new ArrayList<>();
    for (int first = 0; first < things.length; first++) {
      List<Long> circle = new ArrayList<>();
      for (int thing = first; !seen[thing]; thing = source[thing]) {
        seen[thing] = true;
        circle.add(things[thing]);
      }
      if (!circle.isEmpty()) {
        circles.add(circle);
      }
    }
    return circles;
  }
}
