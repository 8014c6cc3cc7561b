package org.millrace.risk.choose;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.millrace.eval.Metric;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.Learner;

/**
 * A candidate and how it did.
 *
 * @param byFold what it learnt in each round, by the fold that it did not see
 * @param metrics the metric that is chosen by, in each round
 */
public record Trial(Learner learner, Map<Integer, Fitted> byFold, List<Metric> metrics) {

  /** The mean over the rounds in which it can be told: a fold may have rows of one class only. */
  public double mean() {
    return told().average().orElse(Double.NaN);
  }

  private DoubleStream told() {
    return metrics.stream().mapToDouble(Metric::value).filter(v -> !Double.isNaN(v));
  }

  /** The standard deviation over the rounds; 0 for one round. */
  public double deviation() {
    double mean = mean();
    long rounds = told().count();
    double squares = told().map(v -> Math.pow(v - mean, 2)).sum();
    return rounds < 2 ? 0 : Math.sqrt(squares / (rounds - 1));
  }

  /** The learner for the fit on all rows. */
  public Learner settled() {
    return learner.settled(List.copyOf(byFold.values()));
  }

  double gain() {
    double mean = mean();
    return metrics.get(0).higherIsBetter() ? mean : -mean;
  }
}
