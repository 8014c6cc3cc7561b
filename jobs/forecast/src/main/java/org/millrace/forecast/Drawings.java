package org.millrace.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.job.Run;
import org.millrace.report.Chart;

/** Charts of the worst series and of some others: the newest window with its fan. */
final class Drawings {
  private static final int WORST = 4;
  private static final int OTHERS = 3;
  private static final List<String> FAN = List.of("2.5 %", "10 %", "90 %", "97.5 %");

  private Drawings() {}

  /**
   * @param choices with the columns of {@link BacktestSummary#choices}
   */
  static void draw(Run run, BacktestConfig c, SeriesTable table, Dataset<Row> choices) {
    StructType keys = table.keys();
    Column[] names =
        Arrays.stream(keys.fieldNames()).map(k -> ColumnNames.column(k)).toArray(Column[]::new);
    Dataset<Row> measured = choices.filter(col("error").isNotNull());
    List<Row> worst = few(measured, col("error").desc(), names, WORST);
    Column mixed = names.length == 0 ? col("method") : xxhash64(names);
    List<Row> others = few(measured, mixed.asc(), names, OTHERS);
    draw(run, c, table, worst, choices.schema(), "Worst by " + c.metric());
    if (measured.count() > WORST) {
      draw(run, c, table, others, choices.schema(), "One of all");
    }
  }

  private static List<Row> few(Dataset<Row> choices, Column order, Column[] names, int count) {
    List<Column> by = new ArrayList<>(List.of(order));
    by.addAll(Arrays.asList(names));
    return choices.orderBy(by.toArray(Column[]::new)).limit(count).collectAsList();
  }

  private static void draw(
      Run run,
      BacktestConfig c,
      SeriesTable table,
      List<Row> few,
      StructType schema,
      String title) {
    if (few.isEmpty()) {
      return;
    }
    Map<String, Method> methods = new TreeMap<>();
    Methods.of(c.methods()).forEach(m -> methods.put(m.name(), m));
    Dataset<Row> chosen =
        run.spark().createDataFrame(few, schema).withColumn("note", col("method"));
    StructType keys = table.keys();
    DrawingWork work =
        new DrawingWork(new Regularizer(c.layout()), methods, c.horizon(), c.effort().limits());
    List<Row> drawn =
        table
            .only(chosen)
            .with(chosen)
            .work(work, DrawingWork.schema(keys), rows -> rows, few.size())
            .rows()
            .collectAsList();
    for (Row series : few) {
      drawn.stream()
          .filter(d -> sameKey(d, series, keys.size()))
          .findFirst()
          .ifPresent(d -> run.report().chart(chart(d, keys, title, c.horizon())));
    }
  }

  private static boolean sameKey(Row a, Row b, int keys) {
    for (int i = 0; i < keys; i++) {
      if (!java.util.Objects.equals(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Chart chart(Row drawn, StructType keys, String title, int horizon) {
    int at = keys.size();
    String name =
        Arrays.stream(keys.fieldNames())
            .map(k -> k + " " + drawn.get(keys.fieldIndex(k)))
            .collect(Collectors.joining(", "));
    List<Double> truth = drawn.getList(at + 2);
    List<Chart.Series> lines = new ArrayList<>();
    lines.add(new Chart.Series("values", steps(horizon - truth.size() + 1, horizon), truth));
    lines.add(new Chart.Series("mean", steps(1, horizon), drawn.getList(at + 3)));
    for (int i = 0; i < FAN.size(); i++) {
      lines.add(new Chart.Series(FAN.get(i), steps(1, horizon), drawn.getList(at + 4 + i)));
    }
    return Chart.lines(
        "%s: %s, %s".formatted(title, name.isEmpty() ? "the series" : name, drawn.getString(at)),
        "steps behind " + drawn.getString(at + 1),
        "value",
        lines);
  }

  private static List<Double> steps(int from, int to) {
    List<Double> steps = new ArrayList<>();
    for (int step = from; step <= to; step++) {
      steps.add((double) step);
    }
    return steps;
  }
}
