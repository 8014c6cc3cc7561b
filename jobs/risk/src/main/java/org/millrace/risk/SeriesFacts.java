package org.millrace.risk;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.millrace.eval.ColumnNames;
import org.millrace.job.JobRecorder;
import org.millrace.report.RunReport.FactTable;
import org.millrace.risk.time.Target;
import org.millrace.risk.time.TimeColumns;
import org.millrace.risk.time.TimeOptions;

/** How many rows of time series have what is asked of them, and whether some seem to be missing. */
final class SeriesFacts {
  /** Months are of 28 to 31 days: a step that is longer by half is one over missing rows. */
  private static final double LONG = 1.5;

  /** More long steps than these are how the table is, such as weekends, and no accident. */
  private static final double FEW = 0.05;

  private static final int EXACT = 10_000;

  private final TimeOptions options;
  private final List<String> features;

  /**
   * @param features the names of those that are made of time
   */
  SeriesFacts(TimeOptions options, List<String> features) {
    this.options = options;
    this.features = List.copyOf(features);
  }

  /**
   * Tells it in the report.
   *
   * @param hasLabel condition on rows of which the label to tell is known
   */
  void tell(JobRecorder report, Dataset<Row> rows, Column hasLabel) {
    Column ended = col(TimeColumns.TARGET_TIME).isNull();
    Column lacks =
        features.stream()
            .map(name -> ColumnNames.column(name).isNull())
            .reduce(Column::or)
            .orElse(lit(false));
    Row counts =
        rows.agg(
                count(lit(1)),
                rows(col(TimeColumns.STEP).isNull()),
                rows(ended),
                rows(not(ended).and(not(hasLabel))),
                rows(lacks),
                rows(col(options.naiveColumn()).isNull()),
                percentile_approx(col(TimeColumns.STEP), lit(0.5), lit(EXACT)))
            .first();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("series", String.valueOf(counts.getLong(1))));
    facts.add(List.of("rows", String.valueOf(counts.getLong(0))));
    facts.add(List.of("rows whose label has not come yet", String.valueOf(counts.getLong(2))));
    facts.add(List.of("other rows whose label is missing", String.valueOf(counts.getLong(3))));
    facts.add(List.of("rows that lack a part of their history", String.valueOf(counts.getLong(4))));
    facts.add(
        List.of(
            "rows without a %s value before them"
                .formatted(options.naive().season().isPresent() ? "seasonal" : "known"),
            String.valueOf(counts.getLong(5))));
    if (!counts.isNullAt(6)) {
      steps(report, rows, counts.getDouble(6), facts);
    }
    report.table(new FactTable("Rows of the time series", List.of("what", "how many"), facts));
    if (counts.getLong(5) > 0 && options.target() != Target.VALUE) {
      report.warn(
          "%d rows have no value before them to compare with, as time-series.target asks: they are left out"
              .formatted(counts.getLong(5)));
    }
  }

  private void steps(
      JobRecorder report, Dataset<Row> rows, double usual, List<List<String>> facts) {
    Row steps =
        rows.agg(
                rows(col(TimeColumns.STEP).isNotNull()),
                rows(col(TimeColumns.STEP).gt(usual * LONG)))
            .first();
    String step =
        String.format(
            Locale.ROOT, "%.6g%s", usual, unit(rows.schema().apply(options.column()).dataType()));
    facts.add(List.of("usual step from a row to the next", step));
    facts.add(List.of("steps longer by half or more", String.valueOf(steps.getLong(1))));
    if (steps.getLong(1) > 0 && steps.getLong(1) < FEW * steps.getLong(0)) {
      report.warn(
          ("%d of %d steps from a row of a series to the next are longer than the usual one (%s): rows seem"
                  + " to be missing, and lags, windows and the horizon count rows, not time")
              .formatted(steps.getLong(1), steps.getLong(0), step));
    }
  }

  private static String unit(DataType time) {
    if (time instanceof NumericType) {
      return "";
    }
    return time instanceof DateType ? " days" : " seconds";
  }

  private static Column rows(Column condition) {
    return coalesce(sum(when(condition, 1L).otherwise(0L)), lit(0L));
  }
}
