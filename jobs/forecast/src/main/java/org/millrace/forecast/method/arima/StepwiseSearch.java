package org.millrace.forecast.method.arima;

import java.util.HashSet;
import java.util.Set;
import org.millrace.forecast.method.Method.Unfit;

/**
 * The stepwise search for the orders of a seasonal ARIMA model of given differences: from the best
 * of a few models to its neighbours as long as that lowers the corrected AIC. Models with a root
 * within 1 % of the unit circle are passed over.
 *
 * <p>Source: Hyndman and Khandakar, Automatic time series forecasting: the forecast package for R,
 * Journal of Statistical Software 27 (2008), section 3.2. Unlike theirs, each model is compared by
 * its exact likelihood, and the roots of a seasonal polynomial count in B^s: a bound by step would
 * refuse usual seasonal averages, of long seasons all.
 */
final class StepwiseSearch {
  private static final double LEAST_ROOT = 1.01;
  private static final int MOST_MODELS = 94;
  private static final int FEW_STEPS = 10;

  /** Changes of P and Q, then of p and q, in the order in which they are tried. */
  private static final int[][] MOVES = {
    {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}
  };

  private final SarimaEstimator estimator;
  private final ArimaOrder most;
  private final boolean mayHaveConstant;
  private final int length;
  private final Set<Candidate> tried = new HashSet<>();
  private SarimaFit best;
  private double bestCriterion = Double.POSITIVE_INFINITY;

  private record Candidate(int p, int q, int seasonalP, int seasonalQ, boolean constant) {}

  /**
   * @param most the largest orders; its differences and period are those of all models
   * @param length steps of the series before differencing
   */
  StepwiseSearch(SarimaEstimator estimator, ArimaOrder most, boolean constant, int length) {
    this.estimator = estimator;
    this.most = most;
    this.mayHaveConstant = constant;
    this.length = length;
  }

  /** The best model, nearly at its greatest likelihood; null where none can be had. */
  SarimaFit run() throws Unfit {
    boolean few = length < FEW_STEPS;
    int start = few ? 1 : 2;
    int seasonal = few ? 0 : 1;
    attempt(new Candidate(start, start, seasonal, seasonal, mayHaveConstant));
    attempt(new Candidate(0, 0, 0, 0, mayHaveConstant));
    attempt(new Candidate(1, 0, seasonal, 0, mayHaveConstant));
    attempt(new Candidate(0, 1, 0, seasonal, mayHaveConstant));
    if (mayHaveConstant) {
      attempt(new Candidate(0, 0, 0, 0, false));
    }
    boolean better = best != null;
    while (better) {
      better = improve();
    }
    return best;
  }

  /** Moves to the first neighbour that is better, if there is one. */
  private boolean improve() throws Unfit {
    ArimaOrder o = best.order();
    for (int[] move : MOVES) {
      if (attempt(
          new Candidate(
              o.p(), o.q(), o.seasonalP() + move[0], o.seasonalQ() + move[1], best.constant()))) {
        return true;
      }
    }
    for (int[] move : MOVES) {
      if (attempt(
          new Candidate(
              o.p() + move[0], o.q() + move[1], o.seasonalP(), o.seasonalQ(), best.constant()))) {
        return true;
      }
    }
    return mayHaveConstant
        && attempt(new Candidate(o.p(), o.q(), o.seasonalP(), o.seasonalQ(), !best.constant()));
  }

  /** Whether a model that was not tried before is better than all before. */
  private boolean attempt(Candidate wanted) throws Unfit {
    if (Math.min(Math.min(wanted.p, wanted.q), Math.min(wanted.seasonalP, wanted.seasonalQ)) < 0
        || tried.size() >= MOST_MODELS) {
      return false;
    }
    Candidate c =
        new Candidate(
            Math.min(wanted.p, most.p()),
            Math.min(wanted.q, most.q()),
            Math.min(wanted.seasonalP, most.seasonalP()),
            Math.min(wanted.seasonalQ, most.seasonalQ()),
            wanted.constant);
    ArimaOrder order =
        new ArimaOrder(
            c.p, most.d(), c.q, c.seasonalP, most.seasonalD(), c.seasonalQ, most.period());
    if (!tried.add(c) || !estimator.longEnough(order, c.constant)) {
      return false;
    }
    SarimaFit fit = estimator.rough(order, c.constant, best);
    double criterion = fit.aicc();
    if (criterion < bestCriterion && fit.coefficients().rootsBeyond(LEAST_ROOT)) {
      best = fit;
      bestCriterion = criterion;
      return true;
    }
    return false;
  }
}
