package org.millrace.deep.data;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/** The place of an example among all: a hash of 128 bits of its bytes. */
final class HashOrder implements Comparable<HashOrder>, Serializable {
  private static final long serialVersionUID = 1L;

  private final long high;
  private final long low;

  private HashOrder(long high, long low) {
    this.high = high;
    this.low = low;
  }

  static HashOrder of(byte[] bytes, long seed) {
    return new HashOrder(hash(bytes, Seeds.of(seed, 0)), hash(bytes, Seeds.of(seed, 1)));
  }

  private static long hash(byte[] bytes, long seed) {
    return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, seed);
  }

  /** Which of so many equal parts of the whole range it is in; parts are in order. */
  int part(int parts) {
    return (int) (((high >>> 33) * parts) >>> 31);
  }

  @Override
  public int compareTo(HashOrder other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashOrder order && order.high == high && order.low == low;
  }

  @Override
  public int hashCode() {
    return Objects.hash(high, low);
  }
}
