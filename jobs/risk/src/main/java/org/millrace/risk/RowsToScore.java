package org.millrace.risk;

import static org.apache.spark.sql.functions.not;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;

/** The rows that a model is to score, as it needs them, and their count. */
abstract sealed class RowsToScore implements AutoCloseable {

  /**
   * Of time series the rows get their history, and those are refused of which the model can say
   * nothing.
   *
   * @param input of time series kept in memory, else consumed by the publication
   * @throws Stop exit 2 where a part is asked for that the model does not know
   */
  static RowsToScore of(Run run, CheckedTable input, RiskModel model, ScoredPart part) {
    if (model.timeSeries().isPresent()) {
      return OfSeries.of(run, input, model, part);
    }
    if (part != ScoredPart.ALL) {
      throw Stop.usage(
          "risk.score.rows = open asks for rows whose label is yet to come, but the model was not trained"
              + " with time-series; set it to all");
    }
    return new Streamed(input);
  }

  abstract Dataset<Row> rows();

  /**
   * What went in and what came of it.
   *
   * @param written rows
   */
  abstract RowCounts counts(long written);

  @Override
  public void close() {}

  private static final class Streamed extends RowsToScore {
    private final CheckedTable input;

    Streamed(CheckedTable input) {
      this.input = input;
    }

    @Override
    Dataset<Row> rows() {
      return input.rows();
    }

    @Override
    RowCounts counts(long written) {
      input.enforce();
      return new RowCounts("row", input.seen(), written, input.rejected());
    }
  }

  private static final class OfSeries extends RowsToScore {
    private final SeriesRows series;
    private final Dataset<Row> rows;
    private final String unit;
    private final long in;
    private final long refused;

    private OfSeries(SeriesRows series, Dataset<Row> rows, String unit, long in, long refused) {
      this.series = series;
      this.rows = rows;
      this.unit = unit;
      this.in = in;
      this.refused = refused;
    }

    static OfSeries of(Run run, CheckedTable input, RiskModel model, ScoredPart part) {
      SeriesRows series =
          SeriesRows.of(run, input, model.timeSeries().get(), model.label().column());
      Dataset<Row> asked = part == ScoredPart.ALL ? series.all() : series.open();
      Column comparable = series.isComparable();
      Column[] own =
          Arrays.stream(input.rows().columns())
              .map(name -> ColumnNames.column(series.all(), name))
              .toArray(Column[]::new);
      long refused =
          run.refuse(
              input.name(),
              asked.filter(not(comparable)).select(own),
              model.label().column() + ".history",
              "a row with a value before it, of which the model tells the difference or the ratio");
      Dataset<Row> rows = asked.filter(comparable);
      return part == ScoredPart.ALL
          ? new OfSeries(
              series, rows, "row", input.seen(), input.rejected() + series.withoutTime() + refused)
          : new OfSeries(series, rows, "row with a label to come", asked.count(), refused);
    }

    @Override
    Dataset<Row> rows() {
      return rows;
    }

    @Override
    RowCounts counts(long written) {
      return new RowCounts(unit, in, written, refused);
    }

    @Override
    public void close() {
      series.close();
    }
  }
}
