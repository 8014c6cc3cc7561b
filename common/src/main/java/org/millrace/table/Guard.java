package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Splits the rows of a source into good ones, which go on, and rejected ones, which each task
 * writes to a file of its own as it meets them: one pass, no cache, no second read.
 *
 * <p>The rules are looked at by {@link KeepsRules}. Tallies are kept by partition and the last
 * successful attempt counts, so that retried, speculative and recomputed tasks change nothing. The
 * guarded rows must be consumed whole, and under one physical plan: cached, or by one publication.
 */
final class Guard {
  private static final String KEPT = "__kept";

  private final Spec spec;
  private final Tally tally;

  /**
   * What a task needs in order to write down a rejected row.
   *
   * @param hadoop fetched by a task that rejects a row, and by no other
   */
  record Spec(
      String guardId,
      String input,
      String runId,
      String directory,
      List<RowCheck.BrokenRule> rules,
      Broadcast<SerializableConfiguration> hadoop)
      implements Serializable {}

  /**
   * Makes ready to split.
   *
   * @param input the input's name, which each reject carries
   * @param directory where tasks write their files of rejects, hidden from readers
   */
  Guard(
      SparkSession spark,
      String guardId,
      String input,
      String runId,
      Path directory,
      List<RowCheck.BrokenRule> rules) {
    Broadcast<SerializableConfiguration> hadoop =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    this.spec = new Spec(guardId, input, runId, directory.toString(), List.copyOf(rules), hadoop);
    this.tally = new Tally();
    spark.sparkContext().register(tally, "rows of " + input);
  }

  /**
   * The good rows.
   *
   * @param keep the columns of a good row
   * @param violations a condition for each rule, true where a row breaks it
   * @param shown the columns of a rejected row's record
   */
  Dataset<Row> split(
      Dataset<Row> source, List<Column> keep, List<Column> violations, List<String> shown) {
    Column record =
        struct(shown.stream().map(name -> col(RowCheck.quote(name))).toArray(Column[]::new));
    StructField[] fields =
        shown.stream().map(name -> source.schema().apply(name)).toArray(StructField[]::new);
    return split(source, keep, violations, record, new StructType(fields));
  }

  /**
   * The good rows.
   *
   * @param record what a rejected row shows: a struct of the fields that follow
   */
  Dataset<Row> split(
      Dataset<Row> source,
      List<Column> keep,
      List<Column> violations,
      Column record,
      StructType fields) {
    RowJudge judge = new RowJudge(spec, tally, fields);
    Column kept =
        new Column(
            new KeepsRules(violations.stream().map(Column::expr).toList(), record.expr(), judge));
    List<Column> projected = new ArrayList<>(keep);
    projected.add(kept.as(KEPT));
    Dataset<Row> measured = source.select(projected.toArray(Column[]::new));
    return measured.filter(col(KEPT)).drop(KEPT);
  }

  /** What the tasks counted; complete once the guarded rows have been consumed. */
  Tally tally() {
    return tally;
  }

  List<RowCheck.BrokenRule> rules() {
    return spec.rules();
  }
}
