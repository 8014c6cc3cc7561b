package org.millrace.forecast.method.intermittent;

import java.util.Arrays;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.series.History;

/**
 * Demand that is mostly zero: the size of demands and how often they come are smoothed apart.
 *
 * <p>Sources: Croston (1972), Forecasting and stock control for intermittent demands; Syntetos and
 * Boylan (2005), The accuracy of intermittent demand estimates, for the correction of its bias;
 * Teunter, Syntetos and Babai (2011), Intermittent demand: linking forecasting to inventory
 * obsolescence, for the chance that is smoothed in every step. R: {@code forecast::croston}.
 */
public final class Croston implements Method {
  private static final long serialVersionUID = 1L;

  /** What is told of size and interval. */
  public enum Variant {
    /** Size over interval. */
    CROSTON,
    /** The same less a half of the smoothing: without Croston's bias. */
    SBA,
    /** Size times the chance of a demand, which falls while none comes. */
    TSB
  }

  private final Variant variant;
  private final double smoothing;

  /**
   * @param smoothing of sizes, intervals and chances, above 0 to 1
   */
  public Croston(Variant variant, double smoothing) {
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("smoothing must be above 0, to 1; was " + smoothing);
    }
    this.variant = variant;
    this.smoothing = smoothing;
  }

  @Override
  public String name() {
    return switch (variant) {
      case CROSTON -> "croston";
      case SBA -> "croston-sba";
      case TSB -> "croston-tsb";
    };
  }

  @Override
  public double cost(int length, int[] periods) {
    return 2;
  }

  @Override
  public Fitted fit(History history) throws Unfit {
    double[] y = history.values();
    if (y.length == 0) {
      throw new Unfit("there is no value");
    }
    double size = 0;
    double interval = 0;
    double chance = 0;
    int last = -1;
    int demands = 0;
    double[] sizes = new double[y.length];
    double[] errors = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      errors[t] = y[t] - mean(size, demands == 0 ? 0 : rate(interval, chance));
      if (y[t] < 0) {
        throw new Unfit("a demand of " + y[t] + " is below zero");
      }
      boolean came = y[t] > 0;
      if (came) {
        double gap = t - last;
        size = demands == 0 ? y[t] : size + smoothing * (y[t] - size);
        interval = demands == 0 ? gap : interval + smoothing * (gap - interval);
        sizes[demands++] = y[t];
        last = t;
      }
      // The chance begins with that of the first interval.
      chance =
          demands == 0
              ? 0
              : demands == 1 && came
                  ? 1 / interval
                  : chance + smoothing * ((came ? 1 : 0) - chance);
    }
    double rate = demands == 0 ? 0 : rate(interval, chance);
    double mean = mean(size, rate);
    double[] sorted = Arrays.copyOf(sizes, demands);
    Arrays.sort(sorted);
    String description =
        "%s: demands of %.6g, in a share of %.4g of the steps".formatted(name(), size, rate);
    return new Fitted() {
      @Override
      public Prediction predict(int horizon, double[][] future) {
        return new DemandPrediction(horizon, mean, rate, sorted);
      }

      @Override
      public double[] errors() {
        return errors;
      }

      @Override
      public String description() {
        return description;
      }
    };
  }

  private double rate(double interval, double chance) {
    return Math.min(1, variant == Variant.TSB ? chance : 1 / interval);
  }

  private double mean(double size, double rate) {
    return size * rate * (variant == Variant.SBA ? 1 - smoothing / 2 : 1);
  }
}
