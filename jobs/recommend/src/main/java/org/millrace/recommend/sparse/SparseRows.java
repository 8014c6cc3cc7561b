package org.millrace.recommend.sparse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * A sparse matrix on every executor, in blocks of rows that pass through the driver one after
 * another. Spark keeps broadcast blocks in its storage memory and moves them to disk when that is
 * full.
 */
public final class SparseRows implements AutoCloseable {
  private static final long BLOCK_BYTES = 32L << 20;
  private static final int ENTRY_BYTES = 8;

  private final List<Broadcast<SparseBlock>> blocks;
  private final int capacity;
  private final int width;

  private SparseRows(List<Broadcast<SparseBlock>> blocks, int capacity, int width) {
    this.blocks = List.copyOf(blocks);
    this.capacity = capacity;
    this.width = width;
  }

  /**
   * @param matrix columns row (int, unique), columns (array of int), values (array of float)
   * @param height number of rows; those that are not there are empty
   * @param width number of columns
   */
  public static SparseRows broadcast(Dataset<Row> matrix, int height, int width) {
    Row total = matrix.agg(sum(size(col("columns")))).first();
    long bytes = (total.isNullAt(0) ? 0 : total.getLong(0)) * ENTRY_BYTES + 4L * height;
    int parts = (int) Math.max(1, Math.min(height, (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES));
    int capacity = Math.max(1, (height + parts - 1) / parts);
    Iterator<SparseBlock> packed =
        matrix
            .select(col("row"), col("columns"), col("values"))
            .javaRDD()
            .keyBy(row -> row.getInt(0))
            .repartitionAndSortWithinPartitions(new ByBlock(capacity, parts))
            .mapPartitionsWithIndex((part, rows) -> pack(part, rows, capacity), false)
            .toLocalIterator();
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(matrix.sparkSession().sparkContext());
    List<Broadcast<SparseBlock>> blocks = new ArrayList<>();
    packed.forEachRemaining(block -> blocks.add(spark.broadcast(block)));
    return new SparseRows(blocks, capacity, width);
  }

  private static Iterator<SparseBlock> pack(
      int part, Iterator<Tuple2<Integer, Row>> rows, int capacity) {
    SparseBlock block = new SparseBlock(part * capacity, capacity);
    rows.forEachRemaining(
        row -> block.append(row._1(), Entries.ints(row._2(), 1), Entries.floats(row._2(), 2)));
    return List.of(block.trim()).iterator();
  }

  /** What tasks need of it. */
  public Reader reader() {
    return new Reader(blocks, capacity, width);
  }

  @Override
  public void close() {
    blocks.forEach(Broadcast::destroy);
  }

  /** Multiplies sparse rows with the matrix, in a task. */
  public static final class Reader implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<Broadcast<SparseBlock>> blocks;
    private final int capacity;
    private final int width;

    private Reader(List<Broadcast<SparseBlock>> blocks, int capacity, int width) {
      this.blocks = blocks;
      this.capacity = capacity;
      this.width = width;
    }

    /** Empty sums for {@link #multiply}. */
    public Sums sums() {
      return new Sums(width);
    }

    /**
     * Adds the product of a sparse row with the matrix.
     *
     * @param rows rows of the matrix
     * @param weights of each
     */
    public void multiply(int[] rows, float[] weights, Sums sums) {
      for (int i = 0; i < rows.length; i++) {
        int block = rows[i] / capacity;
        if (block < blocks.size()) {
          blocks.get(block).value().addTo(sums, rows[i], weights[i]);
        }
      }
    }
  }
}
