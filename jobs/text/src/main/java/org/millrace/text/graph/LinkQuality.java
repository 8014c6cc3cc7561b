package org.millrace.text.graph;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.Metric;

/** Filtered ranks of held-out answers, by a model and by how frequent they are. */
public final class LinkQuality {
  private static final StructType RANKS =
      new StructType()
          .add("r", DataTypes.IntegerType, false)
          .add("rank", DataTypes.DoubleType, false);

  /** What is measured. */
  public static final List<String> METRICS = List.of("mrr", "hits@1", "hits@3", "hits@10");

  private LinkQuality() {}

  /**
   * Ranks by a model.
   *
   * @param queries a, r, t, known
   * @return r, rank
   */
  public static Dataset<Row> byModel(Dataset<Row> queries, Broadcast<Embedding> model) {
    JavaRDD<Row> ranks =
        queries
            .select("a", "r", "t", "known")
            .javaRDD()
            .map(GridTraining::query)
            .mapPartitions(part -> new Ranks(model.value(), part))
            .map(ranked -> RowFactory.create(ranked.relation(), ranked.rank()));
    return queries.sparkSession().createDataFrame(ranks, RANKS);
  }

  /**
   * Ranks by how often an entity answers the same relation, whoever is asked about: what a model
   * must beat to know more than the relations' habits.
   *
   * @param queries a, r, t, known
   * @param learnt the queries that were learnt from
   * @param entities how many there are
   * @return r, rank
   */
  public static Dataset<Row> byFrequency(Dataset<Row> queries, Dataset<Row> learnt, int entities) {
    Dataset<Row> frequencies =
        learnt.groupBy(col("r"), col("t").as("e")).agg(count(lit(1)).as("f"));
    Dataset<Row> levels = frequencies.groupBy("r", "f").agg(count(lit(1)).as("many"));
    Dataset<Row> asked =
        queries
            .join(
                frequencies.withColumnRenamed("e", "t").withColumnRenamed("f", "own"),
                new String[] {"r", "t"},
                "left")
            .withColumn("own", coalesce(col("own"), lit(0L)));
    Dataset<Row> answers = asked.select("r", "own").distinct();
    // Entities that never answered the relation are on level 0.
    Dataset<Row> standing =
        answers
            .join(levels, new String[] {"r"}, "left")
            .groupBy("r", "own")
            .agg(
                sum(when(col("f").gt(col("own")), col("many")).otherwise(0L)).as("above"),
                sum(when(col("f").equalTo(col("own")), col("many")).otherwise(0L)).as("met"),
                sum(coalesce(col("many"), lit(0L))).as("seen"))
            .withColumn(
                "same",
                when(col("own").equalTo(0L), lit((long) entities).minus(col("seen")))
                    .otherwise(col("met")));
    Dataset<Row> known =
        asked
            .select(col("a"), col("r"), col("t"), col("own"), explode(col("known")).as("e"))
            .filter(col("e").notEqual(col("t")))
            .join(frequencies, new String[] {"r", "e"}, "left")
            .withColumn("f", coalesce(col("f"), lit(0L)))
            .groupBy("a", "r", "t")
            .agg(
                sum(when(col("f").gt(col("own")), 1L).otherwise(0L)).as("known_above"),
                sum(when(col("f").equalTo(col("own")), 1L).otherwise(0L)).as("known_same"));
    Column above = col("above").minus(coalesce(col("known_above"), lit(0L)));
    Column others = col("same").minus(coalesce(col("known_same"), lit(0L))).minus(1);
    return asked
        .join(standing, new String[] {"r", "own"})
        .join(known, new String[] {"a", "r", "t"}, "left")
        .select(col("r"), lit(1).plus(above).plus(others.divide(2.0)).as("rank"));
  }

  /** Mean reciprocal rank and hits at 1, 3 and 10. */
  public static List<Metric> metrics(Dataset<Row> ranks) {
    Row row = ranks.agg(mrr(), hits(1), hits(3), hits(10)).first();
    return IntStream.range(0, METRICS.size())
        .mapToObj(i -> Metric.higherIsBetter(METRICS.get(i), value(row, i)))
        .toList();
  }

  private static double value(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  /** The mean reciprocal rank of ranks. */
  public static Column mrr() {
    return avg(lit(1.0).divide(col("rank"))).as("mrr");
  }

  private static Column hits(int k) {
    return avg(when(col("rank").leq(k), 1.0).otherwise(0.0)).as("hits" + k);
  }

  /** Where vectors are wanted by all tasks. */
  public static Broadcast<Embedding> broadcast(Dataset<Row> rows, Embedding model) {
    return JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(model);
  }
}
