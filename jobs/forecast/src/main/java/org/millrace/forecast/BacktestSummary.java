package org.millrace.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.backtest.Cell;
import org.millrace.forecast.backtest.Chooser;
import org.millrace.forecast.backtest.Measure;
import org.millrace.forecast.backtest.Origins;
import org.millrace.forecast.backtest.Totals;
import org.millrace.forecast.interval.Distances;
import scala.Tuple2;

/**
 * What the rows of a backtest say together. The driver sees figures by method, window and step,
 * however many series there are.
 */
final class BacktestSummary {
  private static final int MEASURES = Measure.values().length;

  /** What is compared of the automatic choice and each method: measures and corrected coverage. */
  private static final int COMPARED = MEASURES + BacktestIntervals.MEASURED.length;

  private final Dataset<Row> series;
  private final StructType keys;
  private final BacktestRows layout;
  private final List<String> methods;
  private final int windows;
  private final Chooser[] choosers;
  private final int metric;
  private final Totals totals;
  private final Totals compared;
  private final Cell[][] board;
  private final BacktestIntervals intervals;

  private BacktestSummary(
      Dataset<Row> rows, StructType keys, List<String> methods, BacktestConfig c) {
    this.series = rows.filter(functions.col(BacktestRows.CELL).isNull());
    this.keys = keys;
    this.layout = new BacktestRows(keys.size());
    this.methods = methods;
    this.windows = c.windows();
    this.metric = Measure.errors().indexOf(c.metric());
    this.totals = total(series.javaRDD(), layout, methods.size(), windows, metric);
    this.choosers = choosers(totals, combined(c), c);
    this.intervals = BacktestIntervals.of(series.javaRDD(), layout, methods.size(), c.origins());
    this.compared =
        compare(series.javaRDD(), layout, methods.size(), choosers, metric, c.origins(), intervals);
    this.board = board(rows, layout, methods.size(), c.horizon());
  }

  /**
   * @param rows what the tasks left; gone over a few times
   */
  static BacktestSummary of(
      Dataset<Row> rows, StructType keys, List<String> methods, BacktestConfig c) {
    return new BacktestSummary(rows, keys, methods, c);
  }

  /** By method, window and measure; behind them by method and window the relative errors. */
  private static Totals total(
      JavaRDD<Row> series, BacktestRows layout, int methods, int windows, int metric) {
    int relative = methods * windows * MEASURES;
    return series.treeAggregate(
        new Totals(methods * windows * (MEASURES + 1)),
        (sum, row) -> {
          double[][][] errors = layout.errors(row, methods);
          for (int m = 0; m < methods; m++) {
            for (int w = 0; w < errors[m].length; w++) {
              for (int k = 0; k < MEASURES; k++) {
                sum.add((m * windows + w) * MEASURES + k, errors[m][w][k]);
              }
            }
          }
          for (int w = 0; w < layout.windows(row); w++) {
            double[] ofWindow = new double[methods];
            for (int m = 0; m < methods; m++) {
              ofWindow[m] = errors[m][w][metric];
            }
            double[] shares = Chooser.relative(ofWindow);
            for (int m = 0; m < methods; m++) {
              sum.add(relative + m * windows + w, shares[m]);
            }
          }
          return sum;
        },
        Totals::add);
  }

  private static boolean[] combined(BacktestConfig c) {
    boolean[] combined = new boolean[c.methods().size()];
    for (int m = 0; m < combined.length; m++) {
      combined[m] = c.methods().get(m) instanceof MethodChoice.Combination;
    }
    return combined;
  }

  /** One for each window from which on errors are looked at. */
  private static Chooser[] choosers(Totals totals, boolean[] combined, BacktestConfig c) {
    int windows = c.windows();
    int relative = combined.length * windows * MEASURES;
    Chooser[] choosers = new Chooser[windows];
    for (int from = 0; from < windows; from++) {
      double[] overall = new double[combined.length];
      for (int m = 0; m < combined.length; m++) {
        int first = relative + m * windows;
        overall[m] =
            Chooser.overall(
                totals.mean(first + from, first + windows, 1), windows - from, c.origins().lag());
      }
      choosers[from] = new Chooser(overall, combined, c.doubt(), c.origins().lag());
    }
    return choosers;
  }

  /**
   * Measures the automatic choice as it would have been made at each origin, from the windows that
   * were over then, beside every method on the same windows: first the choice, then the methods.
   * Where a method makes nothing of a window, the choice's errors stand for its own. Behind them
   * counts by method the series in which it erred least.
   */
  private static Totals compare(
      JavaRDD<Row> series,
      BacktestRows layout,
      int methods,
      Chooser[] choosers,
      int metric,
      Origins origins,
      BacktestIntervals intervals) {
    int lag = origins.lag();
    int horizon = origins.horizon();
    return series.treeAggregate(
        new Totals((methods + 1) * COMPARED + methods),
        (sum, row) -> {
          double[][][] errors = layout.errors(row, methods);
          double[][] choosing = only(errors, metric);
          boolean[] failed = layout.failed(row);
          int winner = Chooser.winner(choosing);
          if (winner >= 0) {
            sum.add((methods + 1) * COMPARED + winner, 1);
          }
          Distances distances = layout.distances(row, horizon);
          for (int w = 0; w + lag < layout.windows(row); w++) {
            int chosen = choosers[w + lag].choose(choosing, failed, w + lag);
            for (int at = 0; at <= methods; at++) {
              int m = at == 0 ? chosen : at - 1;
              for (int k = 0; k < MEASURES; k++) {
                double own = errors[m][w][k];
                // Or a method that makes nothing of hard series would look better than it is.
                sum.add(at * COMPARED + k, Double.isNaN(own) ? errors[chosen][w][k] : own);
              }
              for (int l = 0; w < intervals.tested() && l < COMPARED - MEASURES; l++) {
                double[] radii = intervals.before(w, m, l);
                sum.add(at * COMPARED + MEASURES + l, distances.within(m, w, radii));
              }
            }
          }
          return sum;
        },
        Totals::add);
  }

  private static double[][] only(double[][][] errors, int measure) {
    return Arrays.stream(errors)
        .map(windows -> Arrays.stream(windows).mapToDouble(w -> w[measure]).toArray())
        .toArray(double[][]::new);
  }

  private static Cell[][] board(Dataset<Row> rows, BacktestRows layout, int methods, int horizon) {
    List<Tuple2<Integer, Cell>> cells =
        rows.filter(functions.col(BacktestRows.CELL).isNotNull())
            .javaRDD()
            .mapToPair(
                r -> new Tuple2<>(layout.method(r) * horizon + layout.step(r), layout.cell(r)))
            .reduceByKey(Cell::add)
            .collect();
    Cell[][] board = new Cell[methods][horizon];
    cells.forEach(c -> board[c._1() / horizon][c._1() % horizon] = c._2());
    return board;
  }

  /**
   * The choice of each series: the key columns, {@code method}, {@code error} (of that method, by
   * the metric that chooses), {@code windows}, {@code length}, {@code filled}, {@code frequency}.
   */
  Dataset<Row> choices() {
    int count = methods.size();
    BacktestRows rows = layout;
    Chooser chooser = choosers[0];
    int by = metric;
    ArrayList<String> names = new ArrayList<>(methods);
    int width = keys.size();
    JavaRDD<Row> chosen =
        series
            .javaRDD()
            .map(
                row -> {
                  double[][] errors = only(rows.errors(row, count), by);
                  int best = chooser.choose(errors, rows.failed(row), 0);
                  Object[] values = new Object[width + 6];
                  for (int i = 0; i < width; i++) {
                    values[i] = row.get(i);
                  }
                  values[width] = names.get(best);
                  double error = Chooser.mean(errors[best], 0);
                  values[width + 1] = Double.isFinite(error) ? error : null;
                  values[width + 2] = rows.windows(row);
                  values[width + 3] = row.get(width + 1);
                  values[width + 4] = row.get(width + 2);
                  values[width + 5] = row.get(width);
                  return RowFactory.create(values);
                });
    StructType schema =
        keys.add("method", DataTypes.StringType)
            .add("error", DataTypes.DoubleType)
            .add("windows", DataTypes.IntegerType)
            .add("length", DataTypes.IntegerType)
            .add("filled", DataTypes.IntegerType)
            .add("frequency", DataTypes.StringType);
    return series.sparkSession().createDataFrame(chosen, schema);
  }

  List<String> methods() {
    return methods;
  }

  /** The method of series that the backtest has not seen. */
  String best() {
    return methods.get(choosers[0].leader());
  }

  /** Of the automatic choice, over the windows in which it could be made. */
  double automatic(Measure measure) {
    return compared.mean(index(measure));
  }

  /** Of a method over the windows of the automatic choice. */
  double beside(int method, Measure measure) {
    return compared.mean((method + 1) * COMPARED + index(measure));
  }

  /**
   * The share of values in corrected intervals, in the newer half of the windows, with radii of
   * those that were over at their origins; NaN where there are too few.
   *
   * @param method -1 for the automatic choice
   * @param level place among {@link BacktestIntervals#MEASURED}
   */
  double corrected(int method, int level) {
    return compared.mean((method + 1) * COMPARED + MEASURES + level);
  }

  /** Windows in which corrected intervals could be measured. */
  long correctedWindows() {
    return compared.count(MEASURES);
  }

  /** Series in all windows of which a method erred least on average. */
  long wins(int method) {
    return compared.count((methods.size() + 1) * COMPARED + method);
  }

  /** Radii of a method for what is to come, by step and level. */
  double[][] radii(int method) {
    return intervals.radii(method);
  }

  /** Windows in which the automatic choice could be measured. */
  long comparedWindows() {
    return compared.count(index(Measure.MAE));
  }

  /** How often methods failed, by their first reason; a few of each. */
  Map<String, Long> failures() {
    int at = keys.size() + 5;
    Map<String, Long> failures = new TreeMap<>();
    for (int m = 0; m < methods.size(); m++) {
      int method = m;
      long count = series.javaRDD().filter(r -> r.getList(at).get(method) != null).count();
      if (count > 0) {
        failures.put(methods.get(m), count);
      }
    }
    return failures;
  }

  /** By method and step of the horizon. */
  Cell[][] board() {
    return board;
  }

  private static int index(Measure measure) {
    return Arrays.asList(Measure.values()).indexOf(measure);
  }
}
