package org.millrace.risk.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.millrace.risk.features.ColumnKind;

/**
 * Numbers in at most {@value #MOST} buckets of neighbouring doubles. A bucket is all doubles with
 * the same leading bits; as there come to be too many, buckets are joined two by two by giving up a
 * bit more (as UDDSketch does: Epicoco et al. 2020). How many bits are left depends on the values
 * alone, not on their order nor on how they were divided, and the counts of buckets are exact.
 */
final class NumberSketch implements ColumnSketch {
  private static final long serialVersionUID = 1L;
  static final int MOST = 1024;
  private static final int SMALLEST = 16;
  private static final int BINS = 10;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final String column;
  private final ColumnKind kind;
  private int shift;
  private int used;
  private long[] keys = new long[SMALLEST];
  private long[] counts = new long[SMALLEST];
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long missing;

  NumberSketch(String column, ColumnKind kind) {
    this.column = column;
    this.kind = kind;
  }

  @Override
  public void add(Object value) {
    double number = Values.number(kind, value);
    if (Double.isNaN(number)) {
      missing++;
      return;
    }
    number += 0.0; // -0 is 0.
    least = Math.min(least, number);
    most = Math.max(most, number);
    add(ordered(Double.doubleToLongBits(number)) >> shift, 1);
    shrink();
  }

  @Override
  public void merge(ColumnSketch other) {
    NumberSketch theirs = (NumberSketch) other;
    while (shift < theirs.shift) {
      joinBuckets();
    }
    for (int i = 0; i < theirs.keys.length; i++) {
      if (theirs.counts[i] > 0) {
        add(theirs.keys[i] >> (shift - theirs.shift), theirs.counts[i]);
        if (used > MOST) {
          shrink();
        }
      }
    }
    least = Math.min(least, theirs.least);
    most = Math.max(most, theirs.most);
    missing += theirs.missing;
  }

  /** Longs that order as the doubles whose bits they are; the way there is the way back. */
  private static long ordered(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private void add(long key, long count) {
    int at = place(key);
    if (counts[at] == 0) {
      keys[at] = key;
      used++;
    }
    counts[at] += count;
    if (2 * used > keys.length) {
      rebuild(2 * keys.length, 0);
    }
  }

  private int place(long key) {
    int at = (int) ((key * GOLDEN) >>> 32) & (keys.length - 1);
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void shrink() {
    while (used > MOST) {
      joinBuckets();
    }
  }

  private void joinBuckets() {
    shift++;
    rebuild(keys.length, 1);
  }

  private void rebuild(int room, int bits) {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[room];
    counts = new long[room];
    used = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > 0) {
        add(oldKeys[i] >> bits, oldCounts[i]);
      }
    }
  }

  /** Ranges of about a tenth of the rows each; equal values stay together. */
  @Override
  public Distribution distribution() {
    long[] sorted = new long[used];
    int n = 0;
    long rows = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] > 0) {
        sorted[n++] = keys[i];
        rows += counts[i];
      }
    }
    Arrays.sort(sorted);
    List<Double> edges = new ArrayList<>();
    List<Long> ofBins = new ArrayList<>(List.of(0L));
    if (rows > 0) {
      edges.add(least);
    }
    long before = 0;
    long inBin = 0;
    for (int i = 0; i < n; i++) {
      inBin += counts[place(sorted[i])];
      boolean isLast = i == n - 1;
      // The bin is full where the rows so far reach the next tenth beyond those before it.
      if (isLast || (before + inBin) * BINS >= (before * BINS / rows + 1) * rows) {
        edges.add(isLast ? Math.nextUp(most) : lowest(sorted[i + 1]));
        ofBins.add(inBin);
        before += inBin;
        inBin = 0;
      }
    }
    if (rows > 0) {
      ofBins.add(0L);
    }
    ofBins.add(missing);
    return new Distribution(column, kind, new Ranges(edges), ofBins);
  }

  /** The least double of a bucket. */
  private double lowest(long key) {
    return Double.longBitsToDouble(ordered(key << shift));
  }
}
