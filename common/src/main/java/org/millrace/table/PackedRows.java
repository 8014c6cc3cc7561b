package org.millrace.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.unsafe.Platform;

/**
 * Rows that are gone over a few times: kept as Spark itself holds a row, one behind the other in
 * blocks of bytes, in memory and on disk where that is short. A cached table of Spark's takes less
 * room, since it compresses each column, and several times as long to write and to read.
 */
public final class PackedRows implements AutoCloseable {
  /** Before each row its length, in so many bytes that rows stay where words of memory begin. */
  private static final int HEAD = Long.BYTES;

  private static final int BLOCK = 1 << 20;

  private final JavaRDD<byte[]> blocks;
  private final StructType schema;

  private PackedRows(JavaRDD<byte[]> blocks, StructType schema) {
    this.blocks = blocks;
    this.schema = schema;
  }

  /** Of rows that are computed when they are first read, and kept until closed. */
  public static PackedRows of(JavaRDD<InternalRow> rows, StructType schema) {
    return new PackedRows(
        rows.mapPartitions(part -> new Packing(part, UnsafeProjection.create(schema)))
            .persist(StorageLevel.MEMORY_AND_DISK()),
        schema);
  }

  /** The rows; each is filled again for the next one. */
  public JavaRDD<InternalRow> rows() {
    int fields = schema.size();
    return blocks.mapPartitions(part -> new Unpacking(part, fields));
  }

  /** Computes the rows where they are not kept yet, and counts them. */
  Size size() {
    // Kryo, which Spark's tasks answer by, takes no records.
    long[] sums =
        blocks
            .map(block -> new long[] {rows(block), block.length})
            .fold(new long[2], (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
    return new Size(sums[0], sums[1]);
  }

  private static long rows(byte[] block) {
    ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
    long rows = 0;
    for (int at = 0; at < block.length; at += HEAD + Math.toIntExact(buffer.getLong(at))) {
      rows++;
    }
    return rows;
  }

  /** How many rows there are, and what they take. */
  record Size(long rows, long bytes) {}

  public Dataset<Row> table(SparkSession spark) {
    return InternalRows.table(spark, rows(), schema);
  }

  @Override
  public void close() {
    blocks.unpersist();
  }

  private static final class Packing implements Iterator<byte[]> {
    private final Iterator<InternalRow> rows;
    private final UnsafeProjection projection;

    /** The first row of the next block, if the last one had no room for it. */
    private UnsafeRow waiting;

    Packing(Iterator<InternalRow> rows, UnsafeProjection projection) {
      this.rows = rows;
      this.projection = projection;
    }

    @Override
    public boolean hasNext() {
      return waiting != null || rows.hasNext();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      UnsafeRow row = waiting == null ? projection.apply(rows.next()) : waiting;
      ByteBuffer block =
          ByteBuffer.allocate(Math.max(BLOCK, HEAD + row.getSizeInBytes()))
              .order(ByteOrder.nativeOrder());
      while (row != null && block.remaining() >= HEAD + row.getSizeInBytes()) {
        block.putLong(row.getSizeInBytes());
        row.writeToMemory(block.array(), (long) Platform.BYTE_ARRAY_OFFSET + block.position());
        block.position(block.position() + row.getSizeInBytes());
        row = rows.hasNext() ? projection.apply(rows.next()) : null;
      }
      waiting = row;
      return Arrays.copyOf(block.array(), block.position());
    }
  }

  private static final class Unpacking implements Iterator<InternalRow> {
    private final Iterator<byte[]> blocks;
    private final UnsafeRow row;
    private ByteBuffer block = ByteBuffer.allocate(0);

    Unpacking(Iterator<byte[]> blocks, int fields) {
      this.blocks = blocks;
      this.row = new UnsafeRow(fields);
    }

    @Override
    public boolean hasNext() {
      return block.hasRemaining() || blocks.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!block.hasRemaining()) {
        block = ByteBuffer.wrap(blocks.next()).order(ByteOrder.nativeOrder());
      }
      int size = Math.toIntExact(block.getLong());
      row.pointTo(block.array(), (long) Platform.BYTE_ARRAY_OFFSET + block.position(), size);
      block.position(block.position() + size);
      return row;
    }
  }
}
