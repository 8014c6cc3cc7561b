package org.millrace.forecast.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reconciles published forecasts: one tree at one time is a unit of work, so that a task holds a
 * row for each series of a tree, and no more; with covariances one tree is, which a task goes
 * through time by time, holding the matrix of its first one. Quantiles move with their means; their
 * widths stay.
 */
public final class Reconciler {
  /** The errors of one step on the history, on the row of the first step; gone afterwards. */
  public static final String ERRORS = "__errors";

  private static final String ROOT = "__root";
  private static final String TIME = "timestamp";

  private Reconciler() {}

  /**
   * The forecasts with those of whole trees coherent. A tree of which a series has no forecast at a
   * time stays as it is there, and its rows say so; series of no tree pass.
   *
   * @param forecasts with the columns of scores.forecast.v1, and {@link #ERRORS} where the method
   *     is {@link Reconciliation#MINT_SHRINK}
   * @param key the column with the names of the series
   * @param parts tasks
   */
  public static Dataset<Row> reconcile(
      Dataset<Row> forecasts, String key, Hierarchy hierarchy, int parts) {
    Map<String, String> roots = hierarchy.roots();
    UDF1<Object, String> rootOf = name -> roots.get(String.valueOf(name));
    String quoted = "`" + key.replace("`", "``") + "`";
    Reconciliation method = hierarchy.method();
    boolean errors = method == Reconciliation.MINT_SHRINK;
    Column[] together = errors ? new Column[] {col(ROOT)} : new Column[] {col(ROOT), col(TIME)};
    Dataset<Row> sorted =
        forecasts
            .withColumn(ROOT, udf(rootOf, DataTypes.StringType).apply(col(quoted)))
            .repartition(parts, together)
            .sortWithinPartitions(col(ROOT), col(TIME), col(quoted));
    StructType schema = sorted.schema();
    TreeGroups.Places places =
        new TreeGroups.Places(
            schema.fieldIndex(key),
            schema.fieldIndex(ROOT),
            schema.fieldIndex(TIME),
            schema.fieldIndex("mean"),
            schema.fieldIndex("probabilities"),
            schema.fieldIndex("quantiles"),
            schema.fieldIndex("fallback_reason"),
            errors ? schema.fieldIndex(ERRORS) : -1);
    TreeMap<String, Tree> trees = new TreeMap<>(hierarchy.trees());
    JavaRDD<Row> coherent =
        sorted.javaRDD().mapPartitions(rows -> new TreeGroups(rows, places, trees, method));
    return forecasts.sparkSession().createDataFrame(coherent, schema).drop(ROOT, ERRORS);
  }
}
