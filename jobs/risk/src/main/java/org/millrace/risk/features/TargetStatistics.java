package org.millrace.risk.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;

/**
 * Rows and sums of labels by column, level and fold: as many numbers as there are levels that are
 * known, times folds, whatever the rows.
 */
final class TargetStatistics {
  private final int targets;
  private final double smoothing;

  /** Fold to rows and sums of all rows. */
  private final Map<Integer, double[]> all = new TreeMap<>();

  /** Column to level to fold to rows and sums. */
  private final Map<String, Map<String, Map<Integer, double[]>>> levels = new HashMap<>();

  private TargetStatistics(int targets, double smoothing) {
    this.targets = targets;
    this.smoothing = smoothing;
  }

  /**
   * Counts.
   *
   * @param known column to the levels that are counted
   * @param smoothing how many rows the mean of all rows counts as
   */
  static TargetStatistics of(
      Dataset<Row> rows, Map<String, Set<String>> known, Targets targets, double smoothing) {
    TargetStatistics statistics = new TargetStatistics(targets.size(), smoothing);
    List<Column> sums = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      Column label = col(targets.label());
      sums.add(
          sum(targets.classes() == 1 ? label : when(label.equalTo(t + 1.0), 1.0).otherwise(0.0)));
    }
    Column[] figures = sums.toArray(Column[]::new);
    for (Row row : rows.groupBy(col(targets.fold())).agg(count(lit(1)), figures).collectAsList()) {
      statistics.all.put(row.getInt(0), statistics.figures(row, 1));
    }
    if (known.isEmpty()) {
      return statistics;
    }
    List<String> columns = List.copyOf(known.keySet());
    Column[] texts =
        columns.stream()
            .map(c -> ColumnNames.column(rows, c).cast("string"))
            .toArray(Column[]::new);
    Dataset<Row> counted =
        rows.select(
                col(targets.label()),
                col(targets.fold()),
                posexplode(array(texts)).as(new String[] {"place", "level"}))
            .join(broadcast(wanted(rows, columns, known)), new String[] {"place", "level"})
            .groupBy(col("place"), col("level"), col(targets.fold()))
            .agg(count(lit(1)), figures);
    for (Row row : counted.collectAsList()) {
      statistics
          .levels
          .computeIfAbsent(columns.get(row.getInt(0)), c -> new HashMap<>())
          .computeIfAbsent(row.getString(1), l -> new HashMap<>())
          .put(row.getInt(2), statistics.figures(row, 3));
    }
    return statistics;
  }

  private static Dataset<Row> wanted(
      Dataset<Row> rows, List<String> columns, Map<String, Set<String>> known) {
    List<Row> wanted = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      for (String level : known.get(columns.get(c))) {
        wanted.add(RowFactory.create(c, level));
      }
    }
    return rows.sparkSession()
        .createDataFrame(
            wanted,
            new StructType()
                .add("place", DataTypes.IntegerType)
                .add("level", DataTypes.StringType));
  }

  private double[] figures(Row row, int at) {
    double[] figures = new double[1 + targets];
    figures[0] = row.getLong(at);
    for (int t = 0; t < targets; t++) {
      figures[1 + t] = row.getDouble(at + 1 + t);
    }
    return figures;
  }

  /** The folds that have rows. */
  Set<Integer> folds() {
    return new TreeSet<>(all.keySet());
  }

  /** The encoder of a column, made of the rows of some folds alone. */
  TargetEncoder encoder(String column, IntPredicate informing) {
    double[] mean = total(all, informing);
    List<Double> overall = new ArrayList<>();
    for (int t = 0; t < targets; t++) {
      overall.add(mean[0] == 0 ? 0 : mean[1 + t] / mean[0]);
    }
    Map<String, List<Double>> means = new TreeMap<>();
    levels
        .getOrDefault(column, Map.of())
        .forEach((level, folds) -> means.put(level, smoothed(total(folds, informing), overall)));
    return new TargetEncoder(column, means, overall);
  }

  private List<Double> smoothed(double[] figures, List<Double> overall) {
    List<Double> means = new ArrayList<>();
    for (int t = 0; t < targets; t++) {
      double weight = figures[0] + smoothing;
      means.add(
          weight == 0 ? overall.get(t) : (figures[1 + t] + smoothing * overall.get(t)) / weight);
    }
    return means;
  }

  private double[] total(Map<Integer, double[]> folds, IntPredicate informing) {
    double[] total = new double[1 + targets];
    folds.forEach(
        (fold, figures) -> {
          if (informing.test(fold)) {
            for (int i = 0; i < total.length; i++) {
              total[i] += figures[i];
            }
          }
        });
    return total;
  }
}
