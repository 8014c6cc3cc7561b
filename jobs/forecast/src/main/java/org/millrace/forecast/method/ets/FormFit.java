package org.millrace.forecast.method.ets;

import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.search.Bfgs;

/** Finds the parameters and initial states of a form that make a series most likely. */
final class FormFit {
  /**
   * Where the search may begin: fractions of the regions of alpha, beta and gamma. One search
   * begins at the best of each group, since slow and fast levels may each have a valley of their
   * own.
   */
  private static final double[][][] STARTS = {
    {{0.02, 0.1, 0.05}, {0.1, 0.05, 0.05}, {0.1, 0.05, 0.3}, {0.3, 0.05, 0.05}, {0.3, 0.2, 0.3}},
    {{0.6, 0.05, 0.05}, {0.6, 0.2, 0.3}, {0.9, 0.05, 0.1}, {0.9, 0.5, 0.1}}
  };

  private static final double START_PHI = 0.9;

  final Form form;
  final double aicc;
  final double logLikelihood;
  private final Likelihood likelihood;
  private final double[] point;

  private FormFit(Form form, Likelihood likelihood, double[] point, double value) {
    this.form = form;
    this.likelihood = likelihood;
    this.point = point;
    int n = likelihood.pass().n;
    double k = point.length + 1.0;
    logLikelihood = -value / 2;
    aicc = value + 2 * k + 2 * k * (k + 1) / (n - k - 1);
  }

  /**
   * Fits a form to a series.
   *
   * @param pass over the series; its content is lost
   * @return its criterion is infinite where the form does not suit the series at all
   */
  static FormFit of(Form form, Pass pass, Bfgs search) throws Unfit {
    Likelihood likelihood = new Likelihood(form, pass, Start.of(form, pass.y, pass.m));
    double[] found = new double[likelihood.dimension()];
    double least = Double.POSITIVE_INFINITY;
    for (double[][] group : STARTS) {
      double[] point = begin(form, likelihood, group);
      double value = search.minimize(likelihood, point);
      if (value < least) {
        least = value;
        found = point;
      }
    }
    return new FormFit(form, likelihood, found, least);
  }

  /** The best start of a group; sets the units of the states by its errors. */
  private static double[] begin(Form form, Likelihood likelihood, double[][] group) {
    double[] point = new double[likelihood.dimension()];
    double[] best = point.clone();
    double least = Double.POSITIVE_INFINITY;
    double deviation = 0;
    for (double[] fractions : group) {
      smoothing(form, fractions, point);
      double value = likelihood.at(point);
      if (value < least) {
        least = value;
        System.arraycopy(point, 0, best, 0, point.length);
        deviation = likelihood.pass().deviation();
      }
    }
    likelihood.units(deviation);
    return best;
  }

  private static void smoothing(Form form, double[] fractions, double[] point) {
    int k = 0;
    point[k++] = Likelihood.of(fractions[0]);
    if (form.hasTrend()) {
      point[k++] = Likelihood.of(fractions[1]);
    }
    if (form.hasSeason()) {
      point[k++] = Likelihood.of(fractions[2]);
    }
    if (form.damped()) {
      point[k] = Likelihood.of(START_PHI);
    }
  }

  Pass pass() {
    return likelihood.pass();
  }

  /** Runs through the series once more, with what was found. */
  void replay() {
    likelihood.at(point);
  }
}
