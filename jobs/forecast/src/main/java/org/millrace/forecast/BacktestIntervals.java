package org.millrace.forecast;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.millrace.forecast.backtest.Origins;
import org.millrace.forecast.interval.Calibration;
import org.millrace.forecast.interval.Intervals;
import org.millrace.forecast.interval.Radii;

/**
 * Intervals as wide as values came from their forecasts in a backtest, and how wide they would have
 * been at each origin of its newer half: made from the windows that were over then.
 */
final class BacktestIntervals implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** The levels whose coverage is measured. */
  static final double[] MEASURED = {0.8, 0.95};

  /** By method, step and {@link Intervals#LEVELS}: for what is to come. */
  private final double[][][] latest;

  /** By window, method, measured level and step. */
  private final double[][][][] before;

  private BacktestIntervals(double[][][] latest, double[][][][] before) {
    this.latest = latest;
    this.before = before;
  }

  static BacktestIntervals of(
      JavaRDD<Row> series, BacktestRows layout, int methods, Origins origins) {
    int horizon = origins.horizon();
    Calibration calibration =
        series.treeAggregate(
            new Calibration(methods, horizon, origins.windows(), origins.lag()),
            (sum, row) -> sum.add(layout.distances(row, horizon)),
            Calibration::add);
    int tested = Math.max(0, (origins.windows() - origins.lag() + 1) / 2);
    double[][][][] before = new double[tested][methods][][];
    double[][][] latest = new double[methods][][];
    for (int m = 0; m < methods; m++) {
      Radii radii = calibration.of(m);
      latest[m] = radii.from(0);
      for (int w = 0; w < tested; w++) {
        before[w][m] = measured(radii.from(w + origins.lag()));
      }
    }
    return new BacktestIntervals(latest, before);
  }

  private static double[][] measured(double[][] radii) {
    double[][] measured = new double[MEASURED.length][radii.length];
    for (int l = 0; l < MEASURED.length; l++) {
      int at = Intervals.LEVELS.indexOf(MEASURED[l]);
      for (int h = 0; h < radii.length; h++) {
        measured[l][h] = radii[h][at];
      }
    }
    return measured;
  }

  /** The newest windows, of which so many are measured. */
  int tested() {
    return before.length;
  }

  /**
   * The radii of a method as they would have been at the origin of a window, by step.
   *
   * @param level place among {@link #MEASURED}
   */
  double[] before(int window, int method, int level) {
    return before[window][method][level];
  }

  /** The radii of a method for what is to come, by step and {@link Intervals#LEVELS}. */
  double[][] radii(int method) {
    return latest[method];
  }
}
