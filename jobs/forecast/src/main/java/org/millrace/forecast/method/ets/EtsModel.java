package org.millrace.forecast.method.ets;

import java.util.Arrays;
import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.PathPrediction;
import org.millrace.forecast.method.Prediction;

/** An exponential smoothing model that has learned from a series. */
public final class EtsModel implements Method.Fitted {
  private static final int PATHS = 5000;

  private final States states;
  private final double unit;
  private final double logLikelihood;
  private final double aicc;
  private final long seed;
  private final double[] errors;

  /**
   * @param states of the series over unit
   * @param errors of one step, over unit
   * @param unit of all that is told of the series
   * @param seed of simulated paths, for forms without intervals in closed form
   */
  EtsModel(
      States states, double unit, double logLikelihood, double aicc, long seed, double[] errors) {
    this.states = states;
    this.unit = unit;
    this.logLikelihood = logLikelihood;
    this.aicc = aicc;
    this.seed = seed;
    this.errors = errors;
  }

  public Form form() {
    return states.form();
  }

  public double alpha() {
    return states.alpha();
  }

  /** 0 without a trend. */
  public double beta() {
    return states.beta();
  }

  /** 0 without a season. */
  public double gamma() {
    return states.gamma();
  }

  /** 1 where the trend is not damped, 0 without a trend. */
  public double phi() {
    return states.phi();
  }

  /** Without the constant of the normal distribution, as R's {@code ets} gives it. */
  public double logLikelihood() {
    return logLikelihood;
  }

  /** Akaike's criterion, corrected for short series. */
  public double aicc() {
    return aicc;
  }

  /** Of the one-step errors, relative to the forecast where the error is multiplicative. */
  public double variance() {
    double variance = states.variance();
    return states.form().multiplicativeError() ? variance : variance * unit * unit;
  }

  @Override
  public Prediction predict(int horizon, double[][] future) {
    double[] means = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      means[h] = unit * states.mean(h);
    }
    return Variances.deviations(states, horizon)
        .<Prediction>map(deviations -> new NormalPrediction(means, inUnits(deviations)))
        .orElseGet(() -> new PathPrediction(means, paths(horizon)));
  }

  @Override
  public double[] errors() {
    return inUnits(errors);
  }

  private double[][] paths(int horizon) {
    double[][] paths = new Simulation(states, seed).paths(horizon, PATHS);
    Arrays.setAll(paths, step -> inUnits(paths[step]));
    return paths;
  }

  private double[] inUnits(double[] values) {
    return Arrays.stream(values).map(value -> value * unit).toArray();
  }

  @Override
  public String description() {
    Form form = states.form();
    StringBuilder text = new StringBuilder(form.toString());
    text.append(String.format(Locale.ROOT, " alpha=%.4f", states.alpha()));
    if (form.hasTrend()) {
      text.append(String.format(Locale.ROOT, " beta=%.4f", states.beta()));
    }
    if (form.hasSeason()) {
      text.append(String.format(Locale.ROOT, " gamma=%.4f", states.gamma()));
    }
    if (form.damped()) {
      text.append(String.format(Locale.ROOT, " phi=%.4f", states.phi()));
    }
    return text.append(String.format(Locale.ROOT, " aicc=%.2f", aicc)).toString();
  }
}
