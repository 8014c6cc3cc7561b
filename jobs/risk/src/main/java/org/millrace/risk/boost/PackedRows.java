package org.millrace.risk.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.java.util.BigDenseMatrix;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * Encoded rows outside of the heap, 4 bytes a feature. Whoever made it closes it; of what it holds,
 * only labels and weights are on the heap.
 */
final class PackedRows implements AutoCloseable {
  /** Rows of a chunk: a partition is not known to be long or short before it is read. */
  private static final int CHUNK = 4096;

  /**
   * The place of a dense vector's numbers in Spark's own form of it: type, size, indices, values.
   */
  private static final int VECTOR_FIELDS = 4;

  private static final byte SPARSE = 0;

  private final int width;
  private final List<BigDenseMatrix> chunks = new ArrayList<>();
  private float[] labels = new float[CHUNK];
  private float[] weights = new float[CHUNK];
  private int size;

  /**
   * @param width features of a row
   */
  PackedRows(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  /**
   * Adds a row.
   *
   * @param row a vector, a label and a weight first, as Spark holds them
   */
  void add(InternalRow row) {
    int at = size % CHUNK;
    if (at == 0) {
      chunks.add(new BigDenseMatrix(CHUNK, width));
      labels = Arrays.copyOf(labels, size + CHUNK);
      weights = Arrays.copyOf(weights, size + CHUNK);
    }
    long address = chunks.get(chunks.size() - 1).address + (long) at * width * Float.BYTES;
    InternalRow vector = row.getStruct(0, VECTOR_FIELDS);
    ArrayData values = vector.getArray(3);
    if (vector.getByte(0) == SPARSE) {
      addSparse(address, vector.getArray(2), values);
    } else {
      for (int f = 0; f < width; f++) {
        BigDenseMatrix.setDirect(address + (long) f * Float.BYTES, (float) values.getDouble(f));
      }
    }
    labels[size] = (float) row.getDouble(1);
    weights[size] = (float) row.getDouble(2);
    size++;
  }

  /** What a sparse vector leaves out is 0, and not missing. */
  private void addSparse(long address, ArrayData places, ArrayData values) {
    for (int f = 0; f < width; f++) {
      BigDenseMatrix.setDirect(address + (long) f * Float.BYTES, 0);
    }
    for (int i = 0; i < places.numElements(); i++) {
      BigDenseMatrix.setDirect(
          address + (long) places.getInt(i) * Float.BYTES, (float) values.getDouble(i));
    }
  }

  /**
   * All rows as XGBoost's own table of them, which the caller disposes of. NaN is missing. The
   * packs are closed.
   *
   * @param packs in the order in which rows shall stand
   */
  static DMatrix matrix(List<PackedRows> packs, int width) throws XGBoostError {
    int rows = 0;
    for (PackedRows pack : packs) {
      rows = Math.addExact(rows, pack.size);
    }
    float[] labels = new float[rows];
    float[] weights = new float[rows];
    BigDenseMatrix all = new BigDenseMatrix(rows, width);
    try {
      long to = all.address;
      int row = 0;
      for (PackedRows pack : packs) {
        System.arraycopy(pack.labels, 0, labels, row, pack.size);
        System.arraycopy(pack.weights, 0, weights, row, pack.size);
        to = pack.copy(to);
        row += pack.size;
        pack.close();
      }
      DMatrix matrix = new DMatrix(all, Float.NaN);
      matrix.setLabel(labels);
      if (unequal(weights)) { // With weights of 1, XGBoost would look for its bins another way.
        matrix.setWeight(weights);
      }
      return matrix;
    } finally {
      all.dispose();
    }
  }

  private static boolean unequal(float[] weights) {
    for (float weight : weights) {
      if (weight != 1) {
        return true;
      }
    }
    return false;
  }

  private long copy(long to) {
    int left = size;
    long next = to;
    for (BigDenseMatrix chunk : chunks) {
      long numbers = (long) Math.min(left, CHUNK) * width;
      Platform.copyMemory(null, chunk.address, null, next, numbers * Float.BYTES);
      next += numbers * Float.BYTES;
      left -= CHUNK;
    }
    return next;
  }

  @Override
  public void close() {
    chunks.forEach(BigDenseMatrix::dispose);
    chunks.clear();
    size = 0;
  }
}
