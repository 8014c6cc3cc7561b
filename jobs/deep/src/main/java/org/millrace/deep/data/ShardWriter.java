package org.millrace.deep.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Encodes the rows of a table once and writes the examples in a random order, in one pass that
 * holds no partition in memory: rows are encoded one by one, sorted by their hashes (Spark's sort,
 * which spills) and written one by one. A task that is tried again writes another file, and only
 * the file of the attempt that counts is used.
 *
 * @param folder where the files are made; it goes with the run
 * @param seed of the order
 * @param mostRows how many rows there may be: more rows make more files, not larger ones
 */
public record ShardWriter(Encoding encoding, Path folder, long seed, long mostRows) {
  private static final long PART_BYTES = 8L << 20;
  private static final int MOST_PARTS = 2000;

  /**
   * What was made of the rows.
   *
   * @param refused rows of which nothing could be made, by the rule that each broke first
   */
  public record Written(Shards shards, List<RefusedRows> refused) {
    /** Rows that were seen: each is an example or refused. */
    public long rows() {
      return shards.records() + refused.stream().mapToLong(RefusedRows::count).sum();
    }
  }

  /** Runs one Spark job. */
  public Written write(Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    Encoding fitted = encoding;
    StructType schema = rows.schema();
    new RowEncoder(encoding, schema, true); // Columns that do not suit are found out here.
    long order = seed;
    String target = folder.toString();
    JavaPairRDD<HashOrder, byte[]> encoded =
        rows.javaRDD().mapPartitionsToPair(part -> encoded(part, fitted, schema, order));
    int parts = parts(Math.max(encoded.getNumPartitions(), context.defaultParallelism()));
    List<WrittenPart> written =
        encoded
            .repartitionAndSortWithinPartitions(new HashParts(parts))
            .mapPartitions(sorted -> List.of(write(sorted, target, hadoop.value())).iterator())
            .collect();
    hadoop.destroy();
    return collected(written, spark, schema);
  }

  /** A task sorts one part: it is to be small, however many rows there are. */
  private int parts(int least) {
    long bytes = Math.multiplyExact(mostRows, (long) RecordLayout.of(encoding, true).bytes());
    return (int) Math.max(least, Math.min(MOST_PARTS, bytes / PART_BYTES));
  }

  private static Iterator<Tuple2<HashOrder, byte[]>> encoded(
      Iterator<Row> rows, Encoding encoding, StructType schema, long seed) {
    RowEncoder encoder = new RowEncoder(encoding, schema, true);
    return new FlatIterator<>(
        rows,
        row -> {
          Encoded result = encoder.encode(row);
          byte[] tagged =
              result instanceof Encoded.Example example
                  ? Tagged.example(example.record())
                  : Tagged.refused(RefusedRows.line(row, ((Encoded.Refused) result).refusal()));
          return List.of(new Tuple2<>(HashOrder.of(tagged, seed), tagged));
        });
  }

  private static WrittenPart write(
      Iterator<Tuple2<HashOrder, byte[]>> sorted, String folder, SerializableConfiguration hadoop)
      throws IOException {
    TaskContext task = TaskContext.get();
    String name = "part-%05d-%d".formatted(task.partitionId(), task.taskAttemptId());
    Path examples = new Path(folder, name + ".records");
    Path refusals = new Path(folder, name + ".refused.jsonl");
    WrittenPart part = new WrittenPart(examples.toString(), refusals.toString());
    try (PartFile good = new PartFile(examples, hadoop.value());
        PartFile refused = new PartFile(refusals, hadoop.value())) {
      while (sorted.hasNext()) {
        byte[] tagged = sorted.next()._2();
        if (Tagged.isExample(tagged)) {
          good.write(tagged, 1, tagged.length - 1);
          part.records++;
        } else {
          part.refused.merge(RefusedRows.rule(tagged), 1L, Long::sum);
          refused.write(tagged, 1, tagged.length - 1);
        }
      }
    }
    return part;
  }

  private Written collected(List<WrittenPart> parts, SparkSession spark, StructType schema) {
    List<Shards.Piece> pieces = new ArrayList<>();
    List<String> files = new ArrayList<>();
    Map<Refusal.Rule, Long> counts = new EnumMap<>(Refusal.Rule.class);
    for (WrittenPart part : parts) {
      if (part.records > 0) {
        pieces.add(new Shards.Piece(part.examples, part.records));
      }
      if (!part.refused.isEmpty()) {
        files.add(part.refusals);
      }
      part.refused.forEach((rule, count) -> counts.merge(Refusal.Rule.of(rule), count, Long::sum));
    }
    List<RefusedRows> refused =
        counts.entrySet().stream()
            .map(e -> RefusedRows.read(e.getKey(), e.getValue(), files, spark, schema))
            .toList();
    int bytes = RecordLayout.of(encoding, true).bytes();
    return new Written(new Shards(bytes, pieces), refused);
  }
}
