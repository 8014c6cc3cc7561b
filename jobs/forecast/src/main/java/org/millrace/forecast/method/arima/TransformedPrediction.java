package org.millrace.forecast.method.arima;

import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.Prediction;

/**
 * Steps whose transform is normal. Quantiles are transformed back as they are; the mean is that of
 * the skewed distribution, not the transformed mean: exp(mean + variance / 2) for a logarithm, by
 * Gauss and Hermite's quadrature else.
 */
final class TransformedPrediction implements Prediction {
  private static final double[] NODES = {
    0, 0.723551018752838, 1.46855328921667, 2.26658058453184, 3.19099320178153
  };
  private static final double[] WEIGHTS = {
    0.7202352156060510,
    0.4326515590025558,
    0.0884745273943766,
    0.0049436242755370,
    0.0000396069772633
  };
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private final NormalPrediction normal;
  private final BoxCox transformation;

  TransformedPrediction(NormalPrediction normal, BoxCox transformation) {
    this.normal = normal;
    this.transformation = transformation;
  }

  @Override
  public int horizon() {
    return normal.horizon();
  }

  @Override
  public double mean(int step) {
    double mean = normal.mean(step);
    double deviation = normal.deviation(step);
    if (transformation.lambda() == 0) {
      return Math.exp(mean + deviation * deviation / 2);
    }
    double sum = 0;
    for (int i = 0; i < NODES.length; i++) {
      double distance = Math.sqrt(2) * deviation * NODES[i];
      double value = transformation.invert(mean + distance);
      sum += WEIGHTS[i] * (i == 0 ? value : value + transformation.invert(mean - distance));
    }
    return sum / SQRT_PI;
  }

  @Override
  public double quantile(int step, double probability) {
    return transformation.invert(normal.quantile(step, probability));
  }
}
