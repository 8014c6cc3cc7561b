package org.millrace.recommend.factor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * All items on every executor, in blocks of bounded size that pass through the driver one after
 * another. Spark keeps broadcast blocks in its storage memory and moves them to disk when that is
 * full.
 */
final class ItemBlocks implements AutoCloseable {

  /** What a usual id takes as a Java string. */
  private static final int ID_BYTES = 64;

  private static final StructType POSITIONS =
      new StructType()
          .add("item", DataTypes.StringType, false)
          .add("position", DataTypes.IntegerType, false);

  private final List<Broadcast<ItemBlock>> blocks;
  private final Dataset<Row> positions;
  private final int capacity;

  private ItemBlocks(List<Broadcast<ItemBlock>> blocks, Dataset<Row> positions, int capacity) {
    this.blocks = List.copyOf(blocks);
    this.positions = positions;
    this.capacity = capacity;
  }

  /**
   * @param items columns id (string, unique), features (array of float)
   * @param blockBytes about how much a block may take; a block has at least one item
   */
  static ItemBlocks broadcast(Dataset<Row> items, long blockBytes) {
    JavaPairRDD<Row, Long> sorted =
        items.select("id", "features").sort("id").javaRDD().zipWithIndex();
    Dataset<Row> positions =
        items
            .sparkSession()
            .createDataFrame(
                sorted.map(item -> RowFactory.create(item._1().getString(0), item._2().intValue())),
                POSITIONS);
    List<Tuple2<Row, Long>> head = sorted.take(1);
    if (head.isEmpty()) {
      return new ItemBlocks(List.of(), positions, 1);
    }
    int rank = Vectors.read(head.get(0)._1(), 1).length;
    int capacity = (int) Math.max(1, Math.min(1 << 24, blockBytes / (4L * rank + ID_BYTES)));
    long count = sorted.count();
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "cannot rank more than 2^31 - 1 items, there are " + count);
    }
    int parts = (int) ((count + capacity - 1) / capacity);
    JavaRDD<ItemBlock> packed =
        sorted
            .mapToPair(item -> new Tuple2<>((int) (item._2() / capacity), item))
            .partitionBy(new HashPartitioner(parts))
            .mapPartitions(part -> pack(part, capacity, rank));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(items.sparkSession().sparkContext());
    List<Broadcast<ItemBlock>> blocks = new ArrayList<>();
    packed.toLocalIterator().forEachRemaining(block -> blocks.add(spark.broadcast(block)));
    return new ItemBlocks(blocks, positions, capacity);
  }

  /** In the order of the positions. */
  List<Broadcast<ItemBlock>> blocks() {
    return blocks;
  }

  /** Items a block, except for the last, which may have fewer. */
  int capacity() {
    return capacity;
  }

  /**
   * Columns item (string), position (int): the place of the item among all, in the order of ids.
   */
  Dataset<Row> positions() {
    return positions;
  }

  @Override
  public void close() {
    blocks.forEach(Broadcast::destroy);
  }

  private static Iterator<ItemBlock> pack(
      Iterator<Tuple2<Integer, Tuple2<Row, Long>>> part, int capacity, int rank) {
    ItemBlock block = null;
    int size = 0;
    while (part.hasNext()) {
      Tuple2<Integer, Tuple2<Row, Long>> numbered = part.next();
      if (block == null) {
        block = new ItemBlock(numbered._1() * capacity, rank);
      }
      Row item = numbered._2()._1();
      block.put(numbered._2()._2().intValue(), item.getString(0), Vectors.read(item, 1));
      size++;
    }
    if (block == null) {
      return List.<ItemBlock>of().iterator();
    }
    block.trim(size);
    return List.of(block).iterator();
  }
}
