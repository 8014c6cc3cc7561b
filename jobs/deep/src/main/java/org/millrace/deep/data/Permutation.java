package org.millrace.deep.data;

/**
 * A random order of 0..n-1 that takes no memory: a Feistel network over the next power of four,
 * walked until it is below n (Black and Rogaway 2002).
 */
final class Permutation {
  private static final int ROUNDS = 4;

  private final long count;
  private final int half;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  Permutation(long count, long seed) {
    this.count = count;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, count - 1));
    this.half = (bits + 1) / 2;
    this.mask = (1L << half) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = Seeds.of(seed, round);
    }
  }

  /** Which of the numbers stands at that place. */
  long at(long place) {
    long value = place;
    do {
      long left = value >>> half;
      long right = value & mask;
      for (long key : keys) {
        long next = left ^ (Seeds.mix(right + key) & mask);
        left = right;
        right = next;
      }
      value = (left << half) | right;
    } while (value >= count);
    return value;
  }
}
