package org.millrace.recommend.factor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.recommend.Lists;

/**
 * The k items with the greatest dot products for each user, exactly.
 *
 * <p>Items go to every executor in blocks, users stream through in blocks, and a pair of blocks is
 * one matrix product followed by a bounded selection, so that nothing but the lists themselves is
 * ever written or shuffled. Equal scores are ordered by item id (UTF-8 bytes, ascending). The lists
 * depend on the vectors alone: not on partitions, block sizes or the BLAS.
 *
 * <p>The engine is a value: each method returns a changed copy.
 */
public final class TopK {

  private static final long BLOCK_BYTES = 32L << 20;
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("item", DataTypes.StringType, false)
          .add("rank", DataTypes.IntegerType, false)
          .add("score", DataTypes.DoubleType, false);

  private final Dataset<Row> users;
  private final Dataset<Row> items;
  private final Optional<Dataset<Row>> known;
  private final long blockBytes;

  private TopK(
      Dataset<Row> users, Dataset<Row> items, Optional<Dataset<Row>> known, long blockBytes) {
    this.users = users;
    this.items = items;
    this.known = known;
    this.blockBytes = blockBytes;
  }

  /**
   * @param users columns id (string, unique), features (array of float)
   * @param items columns id (string, unique), features of the same length
   */
  public static TopK of(Dataset<Row> users, Dataset<Row> items) {
    return new TopK(users, items, Optional.empty(), BLOCK_BYTES);
  }

  public static TopK of(FactorModel model) {
    return of(model.users(), model.items());
  }

  /** Only for these users: column id. Ids without a vector get no list. */
  public TopK forUsers(Dataset<Row> ids) {
    return new TopK(only(users, ids), items, known, blockBytes);
  }

  /** Only these items: column id. */
  public TopK amongItems(Dataset<Row> ids) {
    return new TopK(users, only(items, ids), known, blockBytes);
  }

  /** No user gets an item that they have already: columns user, item; repeated pairs do no harm. */
  public TopK excluding(Dataset<Row> pairs) {
    return new TopK(users, items, Optional.of(pairs), blockBytes);
  }

  /** Items are sent to executors in blocks of about so many bytes, or one item. */
  TopK withBlocksOf(long bytes) {
    return new TopK(users, items, known, bytes);
  }

  /**
   * Sends the items to the executors; the lists are computed when their rows are read.
   *
   * @param k longest list, at least 1
   */
  public Lists lists(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, was " + k);
    }
    ItemBlocks blocks = ItemBlocks.broadcast(items, blockBytes);
    if (blocks.blocks().isEmpty()) {
      return new Lists(users.sparkSession().emptyDataset(Encoders.row(SCHEMA)), blocks::close);
    }
    Dataset<Row> rows =
        withKnownPositions(blocks).mapPartitions(new UserScorer(blocks, k), Encoders.row(SCHEMA));
    return new Lists(rows, blocks::close);
  }

  /** Columns id, features, known (positions, or null). */
  private Dataset<Row> withKnownPositions(ItemBlocks blocks) {
    int partitions = partitions(users.sparkSession());
    // An explicit number of partitions, as the tables are small for the work that they bring.
    Dataset<Row> spread = users.select("id", "features").repartition(partitions, col("id"));
    if (known.isEmpty()) {
      return spread.withColumn("known", lit(null).cast("array<int>"));
    }
    Dataset<Row> positions =
        known
            .get()
            .select("user", "item")
            .join(blocks.positions(), "item")
            .repartition(partitions, col("user"))
            .groupBy(col("user").as("id"))
            .agg(collect_set(col("position")).as("known"));
    // A merge join streams both sides; a broadcast join would gather all lists on the driver.
    return spread
        .join(positions.hint("merge"), new String[] {"id"}, "left")
        .select("id", "features", "known");
  }

  private static int partitions(SparkSession spark) {
    int shuffle = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    return Math.max(shuffle, 4 * spark.sparkContext().defaultParallelism());
  }

  private static Dataset<Row> only(Dataset<Row> vectors, Dataset<Row> ids) {
    return vectors.join(ids.select("id"), new String[] {"id"}, "left_semi");
  }
}
