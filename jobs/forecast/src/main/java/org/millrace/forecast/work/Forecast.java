package org.millrace.forecast.work;

import java.util.Arrays;
import java.util.Optional;
import org.millrace.forecast.method.Prediction;

/**
 * A forecast in numbers.
 *
 * @param method the name of the method that made it
 * @param mean by step
 * @param quantiles by step, then by probability; ascending
 * @param description what the method found
 * @param errors of one step on the newest steps of the history, the newest last; empty where they
 *     were not asked for
 * @param reason why a simpler method than the asked one speaks; empty where none does
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record Forecast(
    String method,
    double[] mean,
    double[][] quantiles,
    String description,
    double[] errors,
    Optional<String> reason) {

  /**
   * Asks a prediction for all its numbers. Quantiles that cross are put in order (Chernozhukov,
   * Fernandez-Val and Galichon, Quantile and probability curves without crossing, Econometrica 78,
   * 2010).
   *
   * @throws IllegalStateException where a number is not finite
   */
  static Forecast of(
      String method,
      Prediction prediction,
      double[] probabilities,
      String description,
      double[] errors) {
    int horizon = prediction.horizon();
    double[] mean = new double[horizon];
    double[][] quantiles = new double[horizon][probabilities.length];
    for (int h = 0; h < horizon; h++) {
      mean[h] = finite(prediction.mean(h), h);
      for (int p = 0; p < probabilities.length; p++) {
        quantiles[h][p] = finite(prediction.quantile(h, probabilities[p]), h);
      }
      Arrays.sort(quantiles[h]);
    }
    return new Forecast(method, mean, quantiles, description, errors, Optional.empty());
  }

  private static double finite(double number, int step) {
    if (!Double.isFinite(number)) {
      throw new IllegalStateException("it forecasts " + number + " at step " + (step + 1));
    }
    return number;
  }

  /** The same with something more to say of why it is not what was asked for. */
  public Forecast withNote(Optional<String> note) {
    return note.map(n -> because(reason.map(r -> r + "; " + n).orElse(n))).orElse(this);
  }

  Forecast because(String sentence) {
    return new Forecast(method, mean, quantiles, description, errors, Optional.of(sentence));
  }
}
