package org.millrace.forecast.method.intermittent;

import org.millrace.forecast.method.Prediction;

/**
 * The same in every step: with some chance a demand, which is like one of those that came; else
 * zero.
 *
 * @param rate the chance of a demand
 * @param sizes of the demands that came, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Asked for quantiles and never compared.
record DemandPrediction(int horizon, double mean, double rate, double[] sizes)
    implements Prediction {

  @Override
  public double mean(int step) {
    return mean;
  }

  /** Of the mixture of zero and the demands that came; never below zero. */
  @Override
  public double quantile(int step, double probability) {
    double beyond = probability - (1 - rate);
    if (beyond <= 0 || sizes.length == 0) {
      return 0;
    }
    int place = (int) Math.ceil(beyond / rate * sizes.length) - 1;
    return sizes[Math.max(0, Math.min(sizes.length - 1, place))];
  }
}
