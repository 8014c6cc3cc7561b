package org.millrace.forecast.interval;

import java.io.Serializable;

/**
 * The distances of many series by method, step and age of the window: how far values came from the
 * mean, in units of the method's own 80 % interval.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_AGES = 64;
  private static final int MOST_CELLS = 2048;

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

  /**
   * Adds the distances of a series; not those that no interval of the method's, however much wider,
   * would reach, as where it has no width: they say nothing of the others.
   */
  public Calibration add(Distances series) {
    for (int m = 0; m < counts.length; m++) {
      for (int h = 0; h < counts[m].length; h++) {
        for (int w = 0; w < series.windows(); w++) {
          int bin = series.bin(m, w, h);
          if (bin < Conformity.BEYOND) {
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

  /** What the distances of a method come to. */
  public Radii of(int method) {
    return new Radii(counts[method], perAge, lag);
  }
}
