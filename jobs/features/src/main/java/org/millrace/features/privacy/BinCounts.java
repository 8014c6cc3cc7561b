package org.millrace.features.privacy;

import static org.apache.spark.sql.functions.udaf;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** Counts how often each whole number from 0 on comes; nulls do not count. */
final class BinCounts extends Aggregator<Integer, long[], long[]> {
  private static final long serialVersionUID = 1L;

  private final int bins;

  private BinCounts(int bins) {
    this.bins = bins;
  }

  static Column of(Column bin, int bins) {
    return udaf(new BinCounts(bins), Encoders.INT()).apply(bin);
  }

  @Override
  public long[] zero() {
    return new long[bins];
  }

  @Override
  public long[] reduce(long[] counts, Integer bin) {
    if (bin != null) {
      counts[bin]++;
    }
    return counts;
  }

  @Override
  public long[] merge(long[] counts, long[] others) {
    long[] sum = Arrays.copyOf(counts, bins);
    for (int i = 0; i < bins; i++) {
      sum[i] += others[i];
    }
    return sum;
  }

  @Override
  public long[] finish(long[] counts) {
    return counts;
  }

  @Override
  public Encoder<long[]> bufferEncoder() {
    return org.apache.spark.sql.catalyst.encoders.ExpressionEncoder.javaBean(long[].class);
  }

  @Override
  public Encoder<long[]> outputEncoder() {
    return bufferEncoder();
  }
}
