package org.millrace.deep.data;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Examples in shards, dealt to ranks.
 *
 * @param augmentation how images are changed; not at all where a model is measured
 * @param order random by epoch for training, or as they stand
 * @param hadoop of the file system of the shards
 */
public record ShardedBatches(
    Shards shards,
    Encoding encoding,
    int ranks,
    int batchSize,
    Order order,
    Augmentation augmentation,
    Broadcast<SerializableConfiguration> hadoop)
    implements Batches {

  /** In which order a rank's examples come. */
  public sealed interface Order extends java.io.Serializable {
    /** Anew in each epoch, by a seed. */
    record Random(long seed) implements Order {}

    /** Always the same. */
    record Fixed() implements Order {}
  }

  /**
   * @throws org.millrace.outcome.Stop exit 3 where there are fewer examples than ranks
   */
  public ShardedBatches {
    shards.require(ranks);
  }

  /** Those that a model learns of. */
  public static ShardedBatches training(
      Shards shards,
      Encoding encoding,
      int ranks,
      int batchSize,
      long seed,
      Augmentation augmentation,
      SparkSession spark) {
    return new ShardedBatches(
        shards,
        encoding,
        ranks,
        batchSize,
        new Order.Random(seed),
        augmentation,
        configuration(spark));
  }

  /** Those that a model is measured on: always in the same order, never changed. */
  public static ShardedBatches evaluation(
      Shards shards, Encoding encoding, int ranks, int batchSize, SparkSession spark) {
    return new ShardedBatches(
        shards,
        encoding,
        ranks,
        batchSize,
        new Order.Fixed(),
        Augmentation.NONE,
        configuration(spark));
  }

  private static Broadcast<SerializableConfiguration> configuration(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
  }

  @Override
  public long rows(int rank) {
    return shards.start(rank + 1, ranks) - shards.start(rank, ranks);
  }

  @Override
  public BatchSource open(int rank) {
    ShardFile file =
        ShardFile.copy(shards.slices(rank, ranks), shards.recordBytes(), hadoop.value().value());
    return new ShardSource(this, rank, file);
  }
}
