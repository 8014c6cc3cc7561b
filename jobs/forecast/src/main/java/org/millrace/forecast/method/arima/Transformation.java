package org.millrace.forecast.method.arima;

import java.io.Serializable;
import org.millrace.forecast.method.Method.Unfit;

/** How a series is transformed before it is modelled. */
public sealed interface Transformation extends Serializable {

  /** As it is. */
  static Transformation none() {
    return new Fixed(BoxCox.NONE);
  }

  /**
   * The transformation of Box and Cox.
   *
   * @param lambda from 0, the logarithm, to 1, none
   */
  static Transformation boxCox(double lambda) {
    return new Fixed(new BoxCox(lambda));
  }

  /**
   * The logarithm where it makes the series more likely, by the exact likelihoods of the airline
   * model (0,1,1)(0,1,1) of the series and of its logarithm, each as a density of the series
   * itself; without it where a value is not positive.
   *
   * <p>Source: Gomez and Maravall, Automatic modelling methods for univariate series (2001), the
   * test of level and logarithm.
   */
  static Transformation automatic() {
    return new Automatic();
  }

  /** The transformation for a series. */
  BoxCox choose(double[] y, double[][] regressors, int period) throws Unfit;

  /** The same for every series. */
  record Fixed(BoxCox boxCox) implements Transformation {
    @Override
    public BoxCox choose(double[] y, double[][] regressors, int period) throws Unfit {
      if (!boxCox.none() && !positive(y)) {
        throw new Unfit("a transformation needs positive values");
      }
      return boxCox;
    }
  }

  /** Level or logarithm. */
  record Automatic() implements Transformation {
    private static final int LEAST_SEASONS = 3;
    private static final int LEAST_STEPS = 12;

    @Override
    public BoxCox choose(double[] y, double[][] regressors, int period) throws Unfit {
      if (y.length < LEAST_STEPS || !positive(y) || UnitRoots.constant(y)) {
        return BoxCox.NONE;
      }
      ArimaOrder airline =
          period > 1 && y.length >= LEAST_SEASONS * period + 1
              ? ArimaOrder.of(0, 1, 1).seasonal(0, 1, 1, period)
              : ArimaOrder.of(0, 1, 1);
      double level = likelihood(y, regressors, airline, BoxCox.NONE);
      double log = likelihood(y, regressors, airline, BoxCox.LOG);
      return log > level ? BoxCox.LOG : BoxCox.NONE;
    }

    private static double likelihood(
        double[] y, double[][] regressors, ArimaOrder airline, BoxCox transformation) throws Unfit {
      DifferencedSeries series =
          new DifferencedSeries(transformation.apply(y), regressors, airline);
      SarimaEstimator estimator = new SarimaEstimator(series);
      if (!estimator.longEnough(airline, false)) {
        return Double.NEGATIVE_INFINITY;
      }
      return estimator.rough(airline, false, null).logLikelihood()
          + transformation.logJacobian(y, airline.lost());
    }
  }

  private static boolean positive(double[] y) {
    for (double v : y) {
      if (!(v > 0)) {
        return false;
      }
    }
    return true;
  }
}
