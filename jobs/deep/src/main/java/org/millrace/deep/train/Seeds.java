package org.millrace.deep.train;

/** The seed of a step: another one for each epoch, step and rank, so that no two drop alike. */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  public static long of(long seed, int epoch, int step, int rank) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    mixed = mix(mixed ^ epoch);
    mixed = mix(mixed ^ ((long) step << 32 | rank));
    return mixed;
  }

  /** The finalizer of SplitMix64, after Steele, Lea and Flood, 2014. */
  private static long mix(long z) {
    long mixed = z + GOLDEN_GAMMA;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
