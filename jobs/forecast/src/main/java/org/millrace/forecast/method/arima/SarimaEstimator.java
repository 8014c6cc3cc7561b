package org.millrace.forecast.method.arima;

import java.util.ArrayList;
import java.util.List;
import org.millrace.forecast.method.Method.Unfit;

/** Finds the greatest exact likelihood of models of a differenced series. */
final class SarimaEstimator {
  /** A share of the sum of squares that stands for rounding: the model explains everything. */
  private static final double NOTHING = 1e-22;

  private static final double ROUGH = 1e-5;
  private static final double FINE = 1e-10;
  private static final int ROUGH_ITERATIONS = 25;
  private static final int FINE_ITERATIONS = 200;

  private final DifferencedSeries series;

  SarimaEstimator(DifferencedSeries series) {
    this.series = series;
  }

  /** Whether a model leaves at least two steps of the series beside its parameters. */
  boolean longEnough(ArimaOrder order, boolean constant) {
    int columns = series.columns(constant).length - 1;
    return series.length() - order.coefficients() - columns >= 2;
  }

  /**
   * Near the greatest likelihood, from the best of a few starts: for comparing orders.
   *
   * @param near a fit of another order to start from, or null
   */
  SarimaFit rough(ArimaOrder order, boolean constant, SarimaFit near) throws Unfit {
    SarimaLikelihood likelihood = new SarimaLikelihood(order, series.columns(constant));
    double[] out = new double[series.length()];
    double[] best = new double[order.coefficients()];
    double least = Double.POSITIVE_INFINITY;
    for (double[] start : starts(order, constant, near)) {
      double sum = likelihood.at(start, out);
      if (sum < least) {
        least = sum;
        best = start;
      }
    }
    return minimize(likelihood, order, constant, best, ROUGH, ROUGH_ITERATIONS);
  }

  /** The greatest likelihood of the ones that several starts lead to. */
  SarimaFit fine(ArimaOrder order, boolean constant, SarimaFit near) throws Unfit {
    SarimaLikelihood likelihood = new SarimaLikelihood(order, series.columns(constant));
    SarimaFit best = null;
    for (double[] start : starts(order, constant, near)) {
      SarimaFit fit = minimize(likelihood, order, constant, start, FINE, FINE_ITERATIONS);
      if (best == null || fit.logLikelihood() > best.logLikelihood()) {
        best = fit;
      }
    }
    return best;
  }

  private List<double[]> starts(ArimaOrder order, boolean constant, SarimaFit near) {
    List<double[]> starts = new ArrayList<>();
    if (near != null) {
      starts.add(near.coefficients().resized(order).free());
    }
    if (order.coefficients() > 0) {
      starts.add(series.guesses(constant).guess(order).free());
    }
    starts.add(new double[order.coefficients()]);
    return starts;
  }

  private SarimaFit minimize(
      SarimaLikelihood likelihood,
      ArimaOrder order,
      boolean constant,
      double[] start,
      double tolerance,
      int iterations)
      throws Unfit {
    int n = series.length();
    double[] point = start.clone();
    double[] out = new double[n];
    boolean explained = explained(likelihood, point.length, constant);
    if (explained) {
      point = new double[point.length];
    } else {
      new LevenbergMarquardt(likelihood, n, tolerance, iterations).minimize(point);
    }
    double sum = likelihood.at(point, out);
    double scale = series.scale();
    double[] beta = likelihood.regression();
    for (int i = 0; i < beta.length; i++) {
      beta[i] *= scale;
    }
    double raw = sum * Math.exp(-likelihood.logDeterminant() / n) * scale * scale;
    double logLikelihood =
        -0.5 * n * (Math.log(2 * Math.PI) + 1 + Math.log(sum / n)) - n * Math.log(scale);
    return new SarimaFit(
        order,
        constant,
        point,
        likelihood.coefficients(point),
        beta,
        explained ? 0 : raw,
        logLikelihood,
        n);
  }

  private boolean explained(SarimaLikelihood likelihood, int coefficients, boolean constant) {
    double white = likelihood.at(new double[coefficients], new double[series.length()]);
    double all = 0;
    for (double v : series.columns(constant)[0]) {
      all += v * v;
    }
    return white <= NOTHING * all;
  }
}
