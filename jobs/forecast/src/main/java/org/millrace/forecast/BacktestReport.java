package org.millrace.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.forecast.backtest.Cell;
import org.millrace.forecast.backtest.Measure;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.job.Run;
import org.millrace.report.Chart;
import org.millrace.report.RunReport.FactTable;

/** What a backtest tells. */
final class BacktestReport {
  private static final String AUTOMATIC = "automatic choice";

  private final Run run;
  private final BacktestConfig c;
  private final BacktestSummary summary;
  private final SeriesTable table;

  BacktestReport(Run run, BacktestConfig c, BacktestSummary summary, SeriesTable table) {
    this.run = run;
    this.c = c;
    this.summary = summary;
    this.table = table;
  }

  /**
   * @param choices of the series, as stored
   */
  Void tell(Dataset<Row> choices) {
    run.report().table(byMethod());
    run.report().table(coverage());
    run.report().table(wins(choices));
    run.report().table(frequencies(choices));
    for (Measure measure : Measure.values()) {
      run.report().chart(byStep(measure));
    }
    summary
        .failures()
        .forEach(
            (method, series) ->
                run.report().warn("%s makes nothing of %d series".formatted(method, series)));
    if (summary.comparedWindows() == 0) {
      int lag = c.origins().lag();
      run.report()
          .warn(
              "no series has a window that was over at the origin of another: the automatic choice could not be measured; "
                  + (c.windows() > lag
                      ? "give longer series, or set min-history or horizon lower"
                      : "of windows of %d steps that begin every %d one is over %d later: set windows to %d or more, or step to %d"
                          .formatted(c.horizon(), c.origins().step(), lag, lag + 1, c.horizon())));
    }
    Drawings.draw(run, c, table, choices);
    return null;
  }

  private FactTable byMethod() {
    List<String> columns = new ArrayList<>(List.of("method"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.id());
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(AUTOMATIC, summary::automatic));
    for (int m = 0; m < summary.methods().size(); m++) {
      int method = m;
      rows.add(row(summary.methods().get(m), k -> summary.beside(method, k)));
    }
    return new FactTable(
        "Errors, means over series and the %d windows in which the automatic choice could be made"
            .formatted(summary.comparedWindows()),
        columns,
        rows);
  }

  private static List<String> row(String name, ToDoubleFunction<Measure> value) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Measure measure : Measure.values()) {
      row.add(Shown.number(value.applyAsDouble(measure)));
    }
    return row;
  }

  /** Corrected intervals are measured with radii of windows that were over by then. */
  private FactTable coverage() {
    List<List<String>> rows = new ArrayList<>();
    for (int m = -1; m < summary.methods().size(); m++) {
      int method = m;
      ToDoubleFunction<Measure> own =
          k -> method < 0 ? summary.automatic(k) : summary.beside(method, k);
      rows.add(
          List.of(
              m < 0 ? AUTOMATIC : summary.methods().get(m),
              Shown.number(own.applyAsDouble(Measure.COVERAGE_80)),
              Shown.number(own.applyAsDouble(Measure.COVERAGE_95)),
              Shown.number(summary.corrected(m, 0)),
              Shown.number(summary.corrected(m, 1))));
    }
    return new FactTable(
        "Share of values in the intervals of 80 and 95 %%: as the methods say, and as corrected by the backtest (in the %d newer windows,"
                .formatted(summary.correctedWindows())
            + " by those that were over at their origins)",
        List.of("method", "80 %", "95 %", "80 % corrected", "95 % corrected"),
        rows);
  }

  private FactTable wins(Dataset<Row> choices) {
    Map<String, Long> chosen = new HashMap<>();
    choices
        .groupBy("method")
        .count()
        .collectAsList()
        .forEach(r -> chosen.put(r.getString(0), r.getLong(1)));
    List<List<String>> rows = new ArrayList<>();
    for (int m = 0; m < summary.methods().size(); m++) {
      String method = summary.methods().get(m);
      rows.add(
          List.of(
              method,
              String.valueOf(chosen.getOrDefault(method, 0L)),
              String.valueOf(summary.wins(m))));
    }
    return new FactTable(
        "Wins: for how many series a method was chosen, and in how many it erred least on average, by "
            + c.metric(),
        List.of("method", "chosen for", "least error in"),
        rows);
  }

  private FactTable frequencies(Dataset<Row> choices) {
    List<Row> counted =
        choices
            .groupBy("frequency")
            .agg(
                count(lit(1)).as("series"),
                min("length"),
                max("length"),
                sum("filled"),
                min("windows"))
            .orderBy(col("series").desc(), col("frequency"))
            .collectAsList();
    return new FactTable(
        "Series by frequency, as " + (c.layout().frequency().isPresent() ? "given" : "found"),
        List.of("frequency", "series", "shortest", "longest", "filled steps", "fewest windows"),
        counted.stream()
            .map(
                r ->
                    List.of(
                        r.getString(0),
                        String.valueOf(r.getLong(1)),
                        String.valueOf(r.getInt(2)),
                        String.valueOf(r.getInt(3)),
                        String.valueOf(r.getLong(4)),
                        String.valueOf(r.getInt(5))))
            .toList());
  }

  private Chart byStep(Measure measure) {
    List<Chart.Series> series = new ArrayList<>();
    List<Double> steps = new ArrayList<>();
    for (int h = 1; h <= c.horizon(); h++) {
      steps.add((double) h);
    }
    Cell[][] board = summary.board();
    for (int m = 0; m < board.length; m++) {
      List<Double> values = new ArrayList<>();
      for (Cell cell : board[m]) {
        values.add(cell.value(measure));
      }
      series.add(new Chart.Series(summary.methods().get(m), steps, values));
    }
    return Chart.lines(measure.id() + " by step of the horizon", "step", measure.id(), series);
  }
}
