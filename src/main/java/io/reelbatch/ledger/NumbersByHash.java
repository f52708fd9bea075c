package io.reelbatch.ledger;

/**
 * A number for each of many keys of 64 bits, which are hashes or count upwards. Holds sixteen bytes
 * for each and as much again to be filled. Not thread-safe.
 */
final class NumbersByHash {

  private static final int FIRST_SIZE = 1 << 12;

  private long[] keys = new long[FIRST_SIZE];
  private long[] numbers = new long[FIRST_SIZE];
  private int size;

  /** Its number; 0 if it has none. */
  long get(long key) {
    return numbers[place(key)];
  }

  /**
   * Gives it a number instead of the one that it has.
   *
   * @param number not 0
   */
  void put(long key, long number) {
    if (size * 2 > numbers.length) {
      grow();
    }
    int place = place(key);
    if (numbers[place] == 0) {
      keys[place] = key;
      size++;
    }
    numbers[place] = number;
  }

  /** Where it stands, or would. The high bits of FNV are the better ones. */
  private int place(long key) {
    int place = (int) (key ^ (key >>> Integer.SIZE)) & (numbers.length - 1);
    while (numbers[place] != 0 && keys[place] != key) {
      place = (place + 1) & (numbers.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new long[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        numbers[place] = oldNumbers[i];
      }
    }
  }
}
