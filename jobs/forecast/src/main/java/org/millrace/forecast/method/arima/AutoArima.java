package org.millrace.forecast.method.arima;

import java.util.Arrays;
import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.History;

/**
 * ARIMA of an order found by itself, seasonal with the shortest season of the history: differences
 * by tests for unit roots, lags and constant by a stepwise search on the corrected AIC; regressors
 * of the history enter as a regression with ARIMA errors.
 *
 * <p>Source: Hyndman and Khandakar, Automatic time series forecasting: the forecast package for R,
 * Journal of Statistical Software 27 (2008); R: {@code forecast::auto.arima}.
 */
public final class AutoArima implements Method {
  public static final String NAME = "auto-arima";
  private static final long serialVersionUID = 1L;

  /** Of fewer no order with a mean can be judged, and all that is left is a forecast of 0. */
  private static final int LEAST_STEPS = 5;

  private final int mostLags;
  private final int mostSeasonalLags;
  private final Transformation transformation;

  /**
   * @param mostLags the largest p and q
   * @param mostSeasonalLags the largest P and Q; 0 for models without a season
   */
  public AutoArima(int mostLags, int mostSeasonalLags, Transformation transformation) {
    this.mostLags = mostLags;
    this.mostSeasonalLags = mostSeasonalLags;
    this.transformation = transformation;
  }

  /** As R has it: up to 5 lags and 2 seasonal ones, no transformation. */
  public AutoArima() {
    this(5, 2, Transformation.none());
  }

  /** Without seasons and without a transformation. */
  public static AutoArima withoutSeason(int mostLags) {
    return new AutoArima(mostLags, 0, Transformation.none());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    int period = periods.length == 0 ? 1 : periods[0];
    return 5000.0 * Math.min(length, 5 + period);
  }

  @Override
  public FittedSarima fit(History history) throws Unfit {
    double[] y = history.values();
    double[][] regressors = history.regressors();
    if (y.length < LEAST_STEPS) {
      throw new Unfit(
          String.format(Locale.ROOT, "%d steps are too few, %d are needed", y.length, LEAST_STEPS));
    }
    int period = y.length <= history.period() ? 1 : history.period();
    BoxCox boxCox = transformation.choose(y, regressors, period);
    double[] z = boxCox.apply(y);
    ArimaOrder most = largest(z, regressors, period);
    DifferencedSeries series = new DifferencedSeries(z, regressors, most);
    SarimaEstimator estimator = new SarimaEstimator(series);
    SarimaFit fit = search(estimator, series, most, y.length);
    if (fit == null) {
      throw new Unfit(
          String.format(
              Locale.ROOT, "%d steps are too few for %d regressors", y.length, regressors.length));
    }
    return new FittedSarima(series, regressors, boxCox, fit);
  }

  private static SarimaFit search(
      SarimaEstimator estimator, DifferencedSeries series, ArimaOrder most, int length)
      throws Unfit {
    boolean constant = series.takesConstant();
    ArimaOrder bare = new ArimaOrder(0, most.d(), 0, 0, most.seasonalD(), 0, most.period());
    if (series.still() || UnitRoots.constant(series.columns(false)[0])) {
      return estimator.longEnough(bare, constant) ? estimator.fine(bare, constant, null) : null;
    }
    SarimaFit rough = new StepwiseSearch(estimator, most, constant, length).run();
    if (rough == null) {
      return estimator.longEnough(bare, false) ? estimator.fine(bare, false, null) : null;
    }
    return estimator.fine(rough.order(), rough.constant(), rough);
  }

  /** The differences of the series, and the largest orders that its length allows. */
  private ArimaOrder largest(double[] z, double[][] regressors, int period) {
    double[] rest = z.clone();
    if (regressors.length > 0) {
      Projection projection = new Projection(regressors.length + 1, z.length);
      double[] ones = new double[z.length];
      Arrays.fill(ones, 1);
      projection.add(ones);
      for (double[] regressor : regressors) {
        projection.add(regressor);
      }
      projection.residuals(rest);
    }
    int seasonalD = mostSeasonalLags == 0 ? 0 : UnitRoots.seasonalDifferences(rest, period);
    if (seasonalD > 0) {
      rest = new Differencing(ArimaOrder.of(0, 0, 0).seasonal(0, 1, 0, period)).differences(rest);
    }
    int d = UnitRoots.differences(rest, 2);
    int lags = Math.min(mostLags, z.length / 3);
    int seasonalLags = period == 1 ? 0 : Math.min(mostSeasonalLags, z.length / 3 / period);
    if (seasonalLags > 0) {
      lags = Math.min(lags, period - 1);
    }
    return new ArimaOrder(lags, d, lags, seasonalLags, seasonalD, seasonalLags, period);
  }
}
