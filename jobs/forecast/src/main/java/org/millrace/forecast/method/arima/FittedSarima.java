package org.millrace.forecast.method.arima;

import java.util.Arrays;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.Prediction;

/** A fitted model that forecasts. */
public final class FittedSarima implements Method.Fitted {
  private final SarimaFit fit;
  private final BoxCox transformation;
  private final SarimaForecast forecast;
  private final double[] modelled;

  FittedSarima(
      DifferencedSeries series, double[][] regressors, BoxCox transformation, SarimaFit fit) {
    this.fit = fit;
    this.transformation = transformation;
    this.modelled = series.values();
    this.forecast = new SarimaForecast(series, regressors, fit);
  }

  SarimaFit fit() {
    return fit;
  }

  @Override
  public Prediction predict(int horizon, double[][] future) {
    NormalPrediction normal = forecast.predict(horizon, future);
    return transformation.none() ? normal : new TransformedPrediction(normal, transformation);
  }

  /** The coefficients of the regressors of the history. */
  public double[] regression() {
    double[] beta = fit.beta();
    return Arrays.copyOfRange(beta, fit.constant() ? 1 : 0, beta.length);
  }

  /** The steps that follow the series as it was modelled, before it is transformed back. */
  public NormalPrediction predictNormal(int horizon, double[][] future) {
    return forecast.predict(horizon, future);
  }

  @Override
  public double[] errors() {
    double[] errors = forecast.errors().clone();
    int first = modelled.length - errors.length;
    for (int t = 0; t < errors.length && !transformation.none(); t++) {
      double value = modelled[first + t];
      errors[t] = transformation.invert(value) - transformation.invert(value - errors[t]);
    }
    return errors;
  }

  @Override
  public String description() {
    String text = fit.description();
    return transformation.none()
        ? text
        : (transformation.lambda() == 0 ? "log " : "Box-Cox " + transformation.lambda() + " ")
            + text;
  }
}
