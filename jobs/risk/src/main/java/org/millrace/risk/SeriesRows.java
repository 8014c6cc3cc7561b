package org.millrace.risk;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.risk.time.Target;
import org.millrace.risk.time.TimeColumns;
import org.millrace.risk.time.TimeFeatures;
import org.millrace.risk.time.TimeOptions;
import org.millrace.table.CheckedTable;

/** The rows of a table of time series with their history, which are kept until they are closed. */
final class SeriesRows implements AutoCloseable {
  private final String table;
  private final TimeOptions options;
  private final String label;
  private final Dataset<Row> rows;
  private final long withoutTime;

  private SeriesRows(
      String table, TimeOptions options, String label, Dataset<Row> rows, long withoutTime) {
    this.table = table;
    this.options = options;
    this.label = label;
    this.rows = rows;
    this.withoutTime = withoutTime;
  }

  /**
   * Makes the history of each row and tells how the series are. Rows without a time are refused.
   *
   * @param input that is kept in memory
   * @throws Stop exit 2 where the table does not suit the options; exit 3 where two rows of a
   *     series have the same time
   */
  static SeriesRows of(Run run, CheckedTable input, TimeOptions options, String label) {
    TimeFeatures features = new TimeFeatures(options, label);
    features.check(input.rows().schema());
    Column none = ColumnNames.column(input.rows(), options.column()).isNull();
    long withoutTime =
        run.refuse(
            input.name(),
            input.rows().filter(none),
            options.column() + ".time",
            "a time: the rows of a series are ordered by it");
    return run.step(
        "make history",
        () -> {
          Dataset<Row> made = features.of(input.rows()).persist(StorageLevel.MEMORY_AND_DISK());
          SeriesRows series = new SeriesRows(input.name(), options, label, made, withoutTime);
          new SeriesFacts(options, features.names()).tell(run.report(), made, series.hasLabel());
          return series;
        });
  }

  /** All rows that have a time, each with its own label. */
  Dataset<Row> all() {
    return rows;
  }

  /** Rows that were refused since they have no time. */
  long withoutTime() {
    return withoutTime;
  }

  /**
   * The rows of which the label to tell is known, in place of their own. Others are history only.
   *
   * @throws Stop exit 3 where there are none
   */
  Dataset<Row> labelled() {
    Dataset<Row> labelled =
        rows.filter(hasLabel().and(isComparable())).withColumn(label, col(TimeColumns.LABEL));
    if (labelled.isEmpty()) {
      throw Stop.contract(
          "no row of %s can be learnt from: a series needs more than %d rows with a label in column %s%s;"
              + " give longer series or shorten time-series.horizon",
          table,
          options.horizon() + options.naive().season().orElse(0),
          label,
          options.target() == Target.VALUE ? "" : " and a naive forecast to compare it with");
    }
    return labelled.drop(TimeColumns.LABEL);
  }

  /** Rows of which the label to tell is not in the table: of these one wants to be told. */
  Dataset<Row> open() {
    return rows.filter(col(TimeColumns.LABEL).isNull());
  }

  private Column hasLabel() {
    Column told = col(TimeColumns.LABEL);
    return col(TimeColumns.TARGET_TIME).isNotNull().and(isValue(rows.schema(), told));
  }

  private static Column isValue(StructType schema, Column told) {
    if (!(schema.apply(TimeColumns.LABEL).dataType() instanceof NumericType)) {
      return told.isNotNull();
    }
    Column number = told.cast("double");
    return told.isNotNull().and(not(isnan(number))).and(abs(number).lt(Double.POSITIVE_INFINITY));
  }

  /** Whether what a model says of a row can be brought back to the unit of the label. */
  Column isComparable() {
    Column naive = col(options.naiveColumn());
    return switch (options.target()) {
      case VALUE -> lit(true);
      case DIFFERENCE -> naive.isNotNull();
      case RATIO -> naive.isNotNull().and(naive.gt(0));
    };
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
