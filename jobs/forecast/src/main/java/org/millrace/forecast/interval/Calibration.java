package org.millrace.forecast.interval;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The distances of many series by method, step and age of the window, and the radii that they give:
 * how far from the mean, in units of the method's own 80 % interval, a new value comes with a
 * probability.
 *
 * <p>The radius of a level is the weighted quantile of the distances with the correction for
 * finitely many of them, in which a window counts {@value #FADING} times as much as the next newer
 * one (Vovk, Gammerman and Shafer, Algorithmic learning in a random world, 2005; Barber, Candes,
 * Ramdas and Tibshirani, Conformal prediction beyond exchangeability, Annals of Statistics 51,
 * 2023; by step of the horizon as Stankeviciute, Alaa and van der Schaar, NeurIPS 2021). A step
 * whose distances weigh too little takes those of the steps around it, as many as it needs.
 *
 * <p>Where windows held more or less than a level says, window after window, the level is moved
 * until they hold what was said (Gibbs and Candes, Adaptive conformal inference under distribution
 * shift, NeurIPS 2021), by the share of all series in a window, known once the window is over.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double FADING = 0.9;
  private static final double ENOUGH = 100;

  /** With fewer values in all the methods' own intervals stay. */
  private static final int LEAST = 20;

  private static final int MOST_AGES = 64;
  private static final int MOST_CELLS = 2048;

  /** How fast levels follow shares that many series show. */
  private static final double GAIN = 0.2;

  /** Of so many series in a window levels follow half as fast. */
  private static final double FEW_SERIES = 10;

  private final int perAge;
  private final int lag;
  private final Conformity[][][] counts;

  /**
   * @param windows most windows of a series; several of them share an age where there are many
   * @param lag how many windows later another one is over when a window begins
   */
  public Calibration(int methods, int horizon, int windows, int lag) {
    this.lag = lag;
    int ages = Math.max(4, Math.min(MOST_AGES, MOST_CELLS / horizon));
    perAge = (windows + ages - 1) / ages;
    counts = new Conformity[methods][horizon][(windows + perAge - 1) / perAge];
  }

  /** Adds the distances of a series. */
  public Calibration add(Distances series) {
    for (int m = 0; m < counts.length; m++) {
      for (int h = 0; h < counts[m].length; h++) {
        for (int w = 0; w < series.windows(); w++) {
          int bin = series.bin(m, w, h);
          if (bin != Conformity.BINS) {
            at(m, h, w / perAge).add(bin);
          }
        }
      }
    }
    return this;
  }

  public Calibration add(Calibration other) {
    for (int m = 0; m < counts.length; m++) {
      for (int h = 0; h < counts[m].length; h++) {
        for (int a = 0; a < counts[m][h].length; a++) {
          if (other.counts[m][h][a] != null) {
            at(m, h, a).add(other.counts[m][h][a]);
          }
        }
      }
    }
    return this;
  }

  private Conformity at(int method, int step, int age) {
    Conformity[] ages = counts[method][step];
    if (ages[age] == null) {
      ages[age] = new Conformity();
    }
    return ages[age];
  }

  /**
   * The radii of a method by step and {@link Intervals#LEVELS}; NaN where too few values are known.
   *
   * @param from the newest window that counts
   */
  public double[][] radii(int method, int from) {
    int first = (from + perAge - 1) / perAge;
    double[][] radii = radii(method, first, levels(method, first));
    for (double[] step : radii) {
      for (int l = 1; l < step.length; l++) {
        step[l] = Math.max(step[l], step[l - 1]);
      }
    }
    return radii;
  }

  /**
   * For each of {@link Intervals#LEVELS} the level whose radii are to be taken: raised after
   * windows that held less than it says and lowered after those that held more.
   */
  private double[] levels(int method, int first) {
    int ages = counts[method][0].length;
    double[][] known = new double[ages + 1][];
    for (int a = ages; a >= first; a--) {
      known[a] = a == ages ? said() : known[a + 1].clone();
      int over = Math.min(ages, a + 1 + (lag + perAge - 2) / perAge);
      if (over < ages) {
        follow(known[a], method, a, radii(method, over, known[over]));
      }
    }
    return known[Math.min(first, ages)];
  }

  private static double[] said() {
    return Intervals.LEVELS.stream().mapToDouble(l -> l).toArray();
  }

  private void follow(double[] levels, int method, int age, double[][] radii) {
    long values = 0;
    long series = 0;
    double[] inside = new double[levels.length];
    for (int h = 0; h < radii.length; h++) {
      Conformity seen = counts[method][h][age];
      if (seen != null && !Double.isNaN(radii[h][0])) {
        values += seen.total();
        series = Math.max(series, seen.total());
        for (int l = 0; l < levels.length; l++) {
          inside[l] += seen.within(radii[h][l]);
        }
      }
    }
    for (int l = 0; l < levels.length && values > 0; l++) {
      double missing = Intervals.LEVELS.get(l) - inside[l] / values;
      double level = levels[l] + GAIN * series / (series + FEW_SERIES) * missing;
      levels[l] = Math.min(1, Math.max(0, level));
    }
  }

  private double[][] radii(int method, int first, double[] levels) {
    Conformity[][] steps = counts[method];
    double[][] masses = new double[steps.length][Conformity.BINS];
    double[] weights = new double[steps.length];
    long total = 0;
    for (int h = 0; h < steps.length; h++) {
      for (int a = first; a < steps[h].length; a++) {
        if (steps[h][a] != null) {
          double weight = Math.pow(FADING, (double) (a - first) * perAge);
          steps[h][a].weigh(weight, masses[h]);
          weights[h] += weight * steps[h][a].total();
          total += steps[h][a].total();
        }
      }
    }
    double[][] radii = new double[steps.length][levels.length];
    for (int h = 0; h < radii.length; h++) {
      if (total < LEAST) {
        Arrays.fill(radii[h], Double.NaN);
      } else {
        double[] around = around(masses, weights, h);
        Arrays.setAll(radii[h], l -> radius(around, levels[l]));
      }
    }
    return radii;
  }

  /** The masses of a step and of as many of its neighbours as are needed. */
  private static double[] around(double[][] masses, double[] weights, int step) {
    int low = step;
    int high = step;
    double weight = weights[step];
    while (weight < ENOUGH && (low > 0 || high < weights.length - 1)) {
      weight += low > 0 ? weights[--low] : 0;
      weight += high < weights.length - 1 ? weights[++high] : 0;
    }
    double[] sum = new double[Conformity.BINS];
    for (int h = low; h <= high; h++) {
      for (int bin = 0; bin < sum.length; bin++) {
        sum[bin] += masses[h][bin];
      }
    }
    return sum;
  }

  /** The new value has a weight of 1 itself, and may lie beyond all others. */
  private static double radius(double[] masses, double level) {
    double goal = level * (Arrays.stream(masses).sum() + 1) * (1 - 1e-12);
    double seen = 0;
    int last = 0;
    for (int bin = 0; bin < masses.length; bin++) {
      if (masses[bin] > 0) {
        seen += masses[bin];
        last = bin;
        if (seen >= goal) {
          break;
        }
      }
    }
    return Conformity.upperEnd(last);
  }
}
