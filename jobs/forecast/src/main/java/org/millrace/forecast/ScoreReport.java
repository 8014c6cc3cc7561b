package org.millrace.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.forecast.reconcile.Hierarchy;
import org.millrace.job.Run;
import org.millrace.report.Chart;
import org.millrace.report.RunReport.FactTable;

/** What a run of forecasts tells. */
final class ScoreReport {
  private static final int REASONS = 10;
  private static final int ABSENT = 10;

  private ScoreReport() {}

  static void tell(Run run, Score.Config c, Dataset<Row> written) {
    Dataset<Row> series = written.filter(col("step").equalTo(1)).cache();
    try {
      List<Row> byMethod =
          series
              .groupBy("method")
              .agg(
                  count(lit(1)).as("series"),
                  sum(when(col("fallback_reason").isNotNull(), 1).otherwise(0)))
              .orderBy(col("series").desc(), col("method"))
              .collectAsList();
      run.report()
          .chart(
              Chart.bars(
                  "Series by method",
                  "method",
                  "series",
                  byMethod.stream().map(r -> r.getString(0)).toList(),
                  List.of(
                      new Chart.Series(
                          "series",
                          List.of(),
                          byMethod.stream().map(r -> (double) r.getLong(1)).toList()))));
      List<Row> byFrequency =
          series
              .groupBy("frequency")
              .agg(
                  count(lit(1)).as("series"),
                  min("history"),
                  max("history"),
                  sum("filled"),
                  min("timestamp"))
              .orderBy(col("series").desc(), col("frequency"))
              .collectAsList();
      run.report()
          .table(
              new FactTable(
                  c.layout().frequency().isPresent()
                      ? "Series by frequency, as given"
                      : "Series by frequency, as found",
                  List.of(
                      "frequency",
                      "series",
                      "shortest",
                      "longest",
                      "filled steps",
                      "first forecast"),
                  byFrequency.stream().map(ScoreReport::shown).toList()));
      List<Row> reasons =
          series
              .filter(col("fallback_reason").isNotNull())
              .groupBy("method", "fallback_reason")
              .agg(count(lit(1)).as("series"), first("frequency"))
              .orderBy(col("series").desc(), col("fallback_reason"))
              .limit(REASONS)
              .collectAsList();
      long fallen = byMethod.stream().mapToLong(r -> r.getLong(2)).sum();
      if (fallen > 0) {
        run.report()
            .warn(
                "%d series are not forecast as the model asks; fallback_reason tells why"
                    .formatted(fallen));
        run.report()
            .table(
                new FactTable(
                    "Reasons for another forecast than the model asks for, the most frequent ones",
                    List.of("series", "method instead", "reason"),
                    reasons.stream()
                        .map(
                            r ->
                                List.of(
                                    String.valueOf(r.getLong(2)), r.getString(0), r.getString(1)))
                        .toList()));
      }
      c.hierarchy().ifPresent(h -> tellAbsent(run, h, c.layout().shape().keys().get(0), series));
    } finally {
      series.unpersist();
    }
  }

  /** A name that no series has leaves its whole tree as it is, as a misspelt one does. */
  private static void tellAbsent(Run run, Hierarchy hierarchy, String key, Dataset<Row> series) {
    List<String> absent =
        run.spark()
            .createDataset(hierarchy.names(), Encoders.STRING())
            .toDF("name")
            .join(
                series.select(ColumnNames.column(key).cast("string").as("name")),
                new String[] {"name"},
                "left_anti")
            .orderBy("name")
            .limit(ABSENT + 1)
            .as(Encoders.STRING())
            .collectAsList();
    if (!absent.isEmpty()) {
      run.report()
          .warn(
              "hierarchy.parents: no series is forecast under the name %s%s; trees with such a name do not add up"
                  .formatted(
                      String.join(", ", absent.subList(0, Math.min(absent.size(), ABSENT))),
                      absent.size() > ABSENT ? " and others" : ""));
    }
  }

  private static List<String> shown(Row row) {
    return List.of(
        row.getString(0),
        String.valueOf(row.getLong(1)),
        String.valueOf(row.getInt(2)),
        String.valueOf(row.getInt(3)),
        String.valueOf(row.getLong(4)),
        row.getTimestamp(5).toInstant().toString());
  }
}
