package org.millrace.forecast.backtest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** What is known of one method at one step of the horizon, over series and windows; adds up. */
public final class Cell implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum[] sums = new ExactSum[Measure.COUNT];
  private final long[] counts = new long[Measure.COUNT];

  Cell() {
    for (int m = 0; m < sums.length; m++) {
      sums[m] = new ExactSum();
    }
  }

  void add(Point point) {
    for (Measure measure : Measure.values()) {
      double value = measure.at(point);
      if (Double.isFinite(value)) {
        sums[measure.index()].add(value);
        counts[measure.index()]++;
      }
    }
  }

  public Cell add(Cell other) {
    for (int m = 0; m < sums.length; m++) {
      sums[m].add(other.sums[m]);
      counts[m] += other.counts[m];
    }
    return this;
  }

  /** NaN where nothing was measured. */
  public double value(Measure measure) {
    double mean = sums[measure.index()].value() / counts[measure.index()];
    return measure.isSquared() ? Math.sqrt(mean) : mean;
  }

  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int m = 0; m < sums.length; m++) {
        sums[m].write(out);
        out.writeLong(counts[m]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static Cell of(byte[] bytes) {
    Cell cell = new Cell();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int m = 0; m < cell.sums.length; m++) {
        cell.sums[m] = ExactSum.read(in);
        cell.counts[m] = in.readLong();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cell;
  }
}
