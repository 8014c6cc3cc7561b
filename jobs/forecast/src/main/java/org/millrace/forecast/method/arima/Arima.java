package org.millrace.forecast.method.arima;

import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.History;

/**
 * ARIMA of a given order by exact Gaussian maximum likelihood; regressors of the history enter as a
 * regression with ARIMA errors.
 *
 * <p>Source: Box and Jenkins; Brockwell and Davis, Introduction to Time Series and Forecasting,
 * chapters 5 and 6; R: {@code arima(method = "ML")}, whose diffuse start gives the likelihood of
 * the differenced series that this one takes. The variance is the sum of squares over the degrees
 * of freedom, as of {@code forecast::Arima}.
 */
public final class Arima implements Method {
  public static final String NAME = "arima";
  private static final long serialVersionUID = 1L;

  private final ArimaOrder order;
  private final boolean constant;
  private final Transformation transformation;

  /**
   * @param order of the model, with the period of its seasonal part
   * @param constant with a mean where nothing is differenced, with a drift where something is once;
   *     no model of more differences has one
   */
  public Arima(ArimaOrder order, boolean constant, Transformation transformation) {
    this.order = order;
    this.constant = constant && order.differences() <= 1;
    this.transformation = transformation;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    double state =
        Math.max(
            order.p() + order.seasonalP() * order.period(),
            order.q() + order.seasonalQ() * order.period() + 1);
    return 50.0 * (1 + order.coefficients()) * Math.min(state, length);
  }

  @Override
  public FittedSarima fit(History history) throws Unfit {
    double[] y = history.values();
    if (y.length <= order.lost()) {
      throw new Unfit(
          String.format(
              Locale.ROOT, "%d steps leave nothing after the differences of %s", y.length, order));
    }
    BoxCox boxCox = transformation.choose(y, history.regressors(), order.period());
    DifferencedSeries series = new DifferencedSeries(boxCox.apply(y), history.regressors(), order);
    SarimaEstimator estimator = new SarimaEstimator(series);
    if (!estimator.longEnough(order, constant)) {
      throw new Unfit(String.format(Locale.ROOT, "%d steps are too few for %s", y.length, order));
    }
    return new FittedSarima(
        series, history.regressors(), boxCox, estimator.fine(order, constant, null));
  }
}
