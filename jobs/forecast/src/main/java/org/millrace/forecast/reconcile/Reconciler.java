package org.millrace.forecast.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reconciles published forecasts: one tree at one time is a unit of work, so that a task holds a
 * row for each series of a tree, and no more. Quantiles move with their means; their widths stay.
 */
public final class Reconciler {
  private static final String ROOT = "__root";
  private static final String TIME = "timestamp";

  private Reconciler() {}

  /**
   * The forecasts with those of whole trees coherent. A tree of which a series has no forecast at a
   * time stays as it is there, and its rows say so; series of no tree pass.
   *
   * @param forecasts with the columns of scores.forecast.v1
   * @param key the column with the names of the series
   * @param parts tasks
   */
  public static Dataset<Row> reconcile(
      Dataset<Row> forecasts, String key, Hierarchy hierarchy, int parts) {
    Map<String, String> roots = hierarchy.roots();
    UDF1<Object, String> rootOf = name -> roots.get(String.valueOf(name));
    String quoted = "`" + key.replace("`", "``") + "`";
    Dataset<Row> sorted =
        forecasts
            .withColumn(ROOT, udf(rootOf, DataTypes.StringType).apply(col(quoted)))
            .repartition(parts, col(ROOT), col(TIME))
            .sortWithinPartitions(col(ROOT), col(TIME), col(quoted));
    StructType schema = sorted.schema();
    Places places =
        new Places(
            schema.fieldIndex(key),
            schema.fieldIndex(ROOT),
            schema.fieldIndex(TIME),
            schema.fieldIndex("mean"),
            schema.fieldIndex("probabilities"),
            schema.fieldIndex("quantiles"),
            schema.fieldIndex("fallback_reason"));
    TreeMap<String, Tree> trees = new TreeMap<>(hierarchy.trees());
    Reconciliation method = hierarchy.method();
    JavaRDD<Row> coherent =
        sorted.javaRDD().mapPartitions(rows -> new Groups(rows, places, trees, method));
    return forecasts.sparkSession().createDataFrame(coherent, schema).drop(ROOT);
  }

  /** Where columns stand. */
  private record Places(
      int key, int root, int time, int mean, int probabilities, int quantiles, int reason)
      implements java.io.Serializable {}

  /** One tree at one time after the other. */
  private static final class Groups implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Places at;
    private final Map<String, Tree> trees;
    private final Reconciliation method;
    private Iterator<Row> made = Collections.emptyIterator();
    private Row next;

    Groups(Iterator<Row> rows, Places at, Map<String, Tree> trees, Reconciliation method) {
      this.rows = rows;
      this.at = at;
      this.trees = trees;
      this.method = method;
      advance();
    }

    @Override
    public boolean hasNext() {
      return made.hasNext() || next != null;
    }

    @Override
    public Row next() {
      if (!made.hasNext()) {
        made = group().iterator();
      }
      return made.next();
    }

    private void advance() {
      next = rows.hasNext() ? rows.next() : null;
    }

    private List<Row> group() {
      Row first = next;
      List<Row> group = new ArrayList<>(List.of(first));
      advance();
      if (first.isNullAt(at.root())) {
        return group;
      }
      while (next != null
          && first.get(at.root()).equals(next.get(at.root()))
          && first.get(at.time()).equals(next.get(at.time()))) {
        group.add(next);
        advance();
      }
      return coherent(group, trees.get(first.getString(at.root())));
    }

    private List<Row> coherent(List<Row> group, Tree tree) {
      Map<String, Row> byName = new TreeMap<>();
      group.forEach(row -> byName.put(String.valueOf(row.get(at.key())), row));
      double[] base = new double[tree.size()];
      double[] variances = new double[tree.size()];
      for (int node = 0; node < tree.size(); node++) {
        String name = tree.names().get(node);
        Row row = byName.get(name);
        if (row == null) {
          String reason = "not reconciled: %s has no forecast at this time".formatted(name);
          return group.stream().map(r -> changed(r, 0, Optional.of(reason))).toList();
        }
        base[node] = row.getDouble(at.mean());
        variances[node] =
            Spread.variance(row.getList(at.probabilities()), row.getList(at.quantiles()));
      }
      double[] coherent = method.coherent(tree, base, variances);
      List<Row> moved = new ArrayList<>();
      for (int node = 0; node < tree.size(); node++) {
        Row row = byName.get(tree.names().get(node));
        Object[] values = values(changed(row, coherent[node] - base[node], Optional.empty()));
        values[at.mean()] = coherent[node];
        moved.add(RowFactory.create(values));
      }
      return moved;
    }

    /** Moves the quantiles, and says what there is to say. */
    private Row changed(Row row, double shift, Optional<String> reason) {
      Object[] values = values(row);
      List<Double> quantiles = row.getList(at.quantiles());
      values[at.quantiles()] = quantiles.stream().mapToDouble(q -> q + shift).toArray();
      values[at.probabilities()] =
          row.<Double>getList(at.probabilities()).stream().mapToDouble(p -> p).toArray();
      reason.ifPresent(
          r ->
              values[at.reason()] =
                  row.isNullAt(at.reason()) ? r : row.getString(at.reason()) + "; " + r);
      return RowFactory.create(values);
    }

    private static Object[] values(Row row) {
      Object[] values = new Object[row.length()];
      Arrays.setAll(values, row::get);
      return values;
    }
  }
}
