package io.reelbatch.model;

/** A hash of 64 bits of a text, to find equal ones among millions in little memory. */
public final class TextHash {

  // FNV-1a: a String's own 32 bits would make strangers alike in a million.
  private static final long BASIS = -3750763034362895579L;
  private static final long PRIME = 1_099_511_628_211L;

  private TextHash() {}

  /** The hash; different texts share one with a chance of 1 in 2<sup>64</sup>. */
  public static long of(CharSequence text) {
    long hash = BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
