package org.millrace.forecast.interval;

import java.util.Arrays;

/**
 * How far from the mean a new value of a method comes with a probability, in units of the method's
 * own 80 % interval.
 *
 * <p>The radius of a level is the weighted quantile of the distances, in which a window counts
 * {@value #FADING} times as much as the next newer one (Vovk, Gammerman and Shafer, Algorithmic
 * learning in a random world, 2005; Barber, Candes, Ramdas and Tibshirani, Conformal prediction
 * beyond exchangeability, Annals of Statistics 51, 2023; by step of the horizon as Stankeviciute,
 * Alaa and van der Schaar, NeurIPS 2021). A step whose distances weigh too little takes those of
 * the steps around it, as many as it needs.
 *
 * <p>The values of one window stand or fall together, so that a few windows of a few series say
 * little, however many their steps are. Therefore what the method itself says counts as much as
 * {@value #OWN_WINDOWS} windows of one series would, the series of a window as fewer the more there
 * are of them ({@value #MOST_SERIES} at most): the corrected interval of a single series begins
 * with the method's own and leaves it window by window, that of a thousand series leaves it at
 * once. It is also the correction for finitely many distances.
 *
 * <p>Where windows held more or less than a level says, window after window, the level is moved
 * until they hold what was said (Gibbs and Candes, Adaptive conformal inference under distribution
 * shift, NeurIPS 2021), by the share of all series in a window, known once the window is over.
 */
public final class Radii {
  private static final double FADING = 0.9;
  private static final double ENOUGH = 100;

  /** With fewer values in all the method's own intervals stay. */
  private static final int LEAST = 20;

  /** How fast levels follow shares that many series show. */
  private static final double GAIN = 0.2;

  /** Of so many series in a window levels follow half as fast. */
  private static final double FEW_SERIES = 10;

  /** Windows of one series that the method's own distribution counts for. */
  private static final double OWN_WINDOWS = 2;

  /** Independent series that those of a window count for at most. */
  private static final double MOST_SERIES = 50;

  /** The distances by a method's own distribution, if it is normal: masses of the bins. */
  private static final double[] OWN = Conformity.normal();

  private final Conformity[][] counts;
  private final int perAge;

  /** By the newest age that counts, the level whose radii are to be taken for each level. */
  private final double[][] levels;

  /**
   * @param counts by step and age
   * @param perAge windows of an age
   * @param lag how many windows later another one is over when a window begins
   */
  Radii(Conformity[][] counts, int perAge, int lag) {
    this.counts = counts;
    this.perAge = perAge;
    this.levels = levels(lag);
  }

  /**
   * By step and {@link Intervals#LEVELS}; NaN where too few values are known.
   *
   * @param window the newest that counts
   */
  public double[][] from(int window) {
    int first = (window + perAge - 1) / perAge;
    double[][] radii = radii(first, levels[Math.min(first, levels.length - 1)]);
    for (double[] step : radii) {
      for (int l = 1; l < step.length; l++) {
        step[l] = Math.max(step[l], step[l - 1]);
      }
    }
    return radii;
  }

  /** Raised after windows that held less than was said, and lowered after those that held more. */
  private double[][] levels(int lag) {
    int ages = counts[0].length;
    double[][] known = new double[ages + 1][];
    known[ages] = Intervals.LEVELS.stream().mapToDouble(l -> l).toArray();
    for (int a = ages - 1; a >= 0; a--) {
      known[a] = known[a + 1].clone();
      int over = a + 1 + (lag + perAge - 2) / perAge;
      if (over < ages) {
        follow(known[a], a, radii(over, known[over]));
      }
    }
    return known;
  }

  private void follow(double[] levels, int age, double[][] radii) {
    long values = 0;
    long series = 0;
    double[] inside = new double[levels.length];
    for (int h = 0; h < radii.length; h++) {
      Conformity seen = counts[h][age];
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

  private double[][] radii(int first, double[] levels) {
    double[][] masses = new double[counts.length][Conformity.BINS];
    double[] weights = new double[counts.length];
    double[] independent = new double[counts.length];
    long total = 0;
    for (int h = 0; h < counts.length; h++) {
      for (int a = first; a < counts[h].length; a++) {
        if (counts[h][a] != null) {
          double weight = Math.pow(FADING, (double) (a - first) * perAge);
          counts[h][a].weigh(weight, masses[h]);
          weights[h] += weight * counts[h][a].total();
          independent[h] += weight * independent(counts[h][a].total());
          total += counts[h][a].total();
        }
      }
    }
    double[][] radii = new double[counts.length][levels.length];
    for (int h = 0; h < radii.length; h++) {
      if (total < LEAST) {
        Arrays.fill(radii[h], Double.NaN);
      } else {
        double[] around = around(masses, weights, independent, h);
        Arrays.setAll(radii[h], l -> radius(around, levels[l]));
      }
    }
    return radii;
  }

  /** What the values of all series at a step of the windows of one age count for. */
  private double independent(long values) {
    double series = (double) values / perAge;
    return perAge * series * MOST_SERIES / (series + MOST_SERIES - 1);
  }

  /** The masses of a step and of as many of its neighbours as are needed, and of what is said. */
  private static double[] around(
      double[][] masses, double[] weights, double[] independent, int step) {
    int low = step;
    int high = step;
    double weight = weights[step];
    while (weight < ENOUGH && (low > 0 || high < weights.length - 1)) {
      weight += low > 0 ? weights[--low] : 0;
      weight += high < weights.length - 1 ? weights[++high] : 0;
    }
    double[] sum = new double[Conformity.BINS];
    double known = 0;
    for (int h = low; h <= high; h++) {
      known += independent[h] / (high - low + 1);
      for (int bin = 0; bin < sum.length; bin++) {
        sum[bin] += masses[h][bin];
      }
    }
    for (int bin = 0; bin < sum.length; bin++) {
      sum[bin] += OWN[bin] * OWN_WINDOWS * weight / known;
    }
    return sum;
  }

  private static double radius(double[] masses, double level) {
    double goal = level * Arrays.stream(masses).sum() * (1 - 1e-12);
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
