package org.millrace.deep.data;

/** Makes one seed of several numbers, by the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
final class Seeds {
  private Seeds() {}

  static long of(long... parts) {
    long seed = 0;
    for (long part : parts) {
      seed = mix(seed + 0x9e3779b97f4a7c15L + mix(part + 0x632be59bd9b4e019L));
    }
    return seed;
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
