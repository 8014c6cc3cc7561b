package org.millrace.risk.draw;

/**
 * Numbers that look drawn by chance and depend on nothing but what they are made of: SplitMix64
 * (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
 */
public final class SplitMix {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private SplitMix() {}

  /** The number that follows a state: its finalizer after one step. */
  public static long mix(long state) {
    long z = state + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A mixed number as one from 0 to 1, which is not reached. */
  public static double unit(long mixed) {
    return (mixed >>> 11) * 0x1p-53;
  }
}
