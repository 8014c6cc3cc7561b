package org.millrace.deep.train;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Adds up the numbers of all ranks in a {@link Segment}. */
enum Addition {
  FLOATS {
    @Override
    void add(Segment segment, int first, int from, int to) {
      float[] sums = new float[Math.min(BLOCK, to - from)];
      float[] more = new float[sums.length];
      FloatBuffer[] parts = new FloatBuffer[segment.ranks()];
      for (int rank = 0; rank < parts.length; rank++) {
        parts[rank] = segment.part((first + rank) % parts.length).asFloatBuffer();
      }
      FloatBuffer out = segment.sums().asFloatBuffer();
      for (int start = from; start < to; start += BLOCK) {
        int count = Math.min(BLOCK, to - start);
        parts[0].get(start, sums, 0, count);
        for (int rank = 1; rank < parts.length; rank++) {
          parts[rank].get(start, more, 0, count);
          addTo(sums, more, count);
        }
        out.put(start, sums, 0, count);
      }
    }
  },
  DOUBLES {
    @Override
    void add(Segment segment, int first, int from, int to) {
      DoubleBuffer out = segment.sums().asDoubleBuffer();
      int ranks = segment.ranks();
      for (int i = from; i < to; i++) {
        double sum = segment.part(first).getDouble(i * Double.BYTES);
        for (int rank = 1; rank < ranks; rank++) {
          sum += segment.part((first + rank) % ranks).getDouble(i * Double.BYTES);
        }
        out.put(i, sum);
      }
    }
  };

  /** Numbers that stay in the cache between their steps. */
  private static final int BLOCK = 2048;

  /** Writes the sums of the numbers from...to, rank after rank from {@code first} on and around. */
  abstract void add(Segment segment, int first, int from, int to);

  private static void addTo(float[] sums, float[] more, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += more[i];
    }
  }
}
