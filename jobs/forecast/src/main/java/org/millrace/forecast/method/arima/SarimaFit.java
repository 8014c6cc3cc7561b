package org.millrace.forecast.method.arima;

import java.util.Locale;

/**
 * A seasonal ARIMA model, with regressors, at its greatest likelihood.
 *
 * @param constant whether the first coefficient of beta is a mean or a drift
 * @param beta coefficients of the constant and of the regressors
 * @param sumOfSquares of the standardised innovations, in squared units of the series
 * @param logLikelihood of the differenced series
 * @param length steps of the differenced series
 */
// Nobody compares or prints it, and whoever gets an array leaves it as it is.
@SuppressWarnings("ArrayRecordComponent")
record SarimaFit(
    ArimaOrder order,
    boolean constant,
    double[] free,
    Coefficients coefficients,
    double[] beta,
    double sumOfSquares,
    double logLikelihood,
    int length) {

  /** Everything that was estimated, with the variance. */
  int parameters() {
    return order.coefficients() + beta.length + 1;
  }

  /** The variance of innovations by the greatest likelihood. */
  double variance() {
    return sumOfSquares / length;
  }

  /** The same over the degrees of freedom that are left: what intervals use. */
  double unbiasedVariance() {
    return sumOfSquares / Math.max(1, length - parameters() + 1);
  }

  /** Akaike's criterion, corrected for short series (Hurvich and Tsai 1989). */
  double aicc() {
    int k = parameters();
    double rest = length - k - 1.0;
    return rest <= 0
        ? Double.POSITIVE_INFINITY
        : -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / rest;
  }

  ArmaModel model() {
    return new ArmaModel(
        coefficients.ar(),
        coefficients.seasonalAr(),
        coefficients.ma(),
        coefficients.seasonalMa(),
        order.period());
  }

  String description() {
    StringBuilder text = new StringBuilder(order.toString());
    list(text, "ar", coefficients.ar());
    list(text, "sar", coefficients.seasonalAr());
    list(text, "ma", coefficients.ma());
    list(text, "sma", coefficients.seasonalMa());
    for (int i = 0; i < beta.length; i++) {
      String name =
          constant && i == 0
              ? order.differences() == 0 ? "mean" : "drift"
              : "regressor" + (i + (constant ? 0 : 1));
      text.append(String.format(Locale.ROOT, " %s=%.6g", name, beta[i]));
    }
    return text.append(String.format(Locale.ROOT, " sigma2=%.6g", unbiasedVariance())).toString();
  }

  private static void list(StringBuilder text, String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      text.append(String.format(Locale.ROOT, " %s%d=%.4f", name, i + 1, values[i]));
    }
  }
}
