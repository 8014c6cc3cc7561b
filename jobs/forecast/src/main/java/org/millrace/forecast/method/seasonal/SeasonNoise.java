package org.millrace.forecast.method.seasonal;

import java.util.Random;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.decompose.Mstl;

/**
 * What a decomposition makes of noise: seasons take a part of it from the rest, and it is in the
 * last cycles that go on. Seen on noise of variance 1 from a fixed seed, of the length of the
 * series.
 */
final class SeasonNoise {
  private static final long SEED = 336;

  private final double left;
  private final double carried;

  SeasonNoise(int length, int[] periods) throws Unfit {
    Random random = new Random(SEED);
    double[] noise = new double[length];
    double all = 0;
    for (int t = 0; t < length; t++) {
      noise[t] = random.nextGaussian();
      all += noise[t] * noise[t];
    }
    Mstl parts = new Mstl(noise, periods);
    double rest = 0;
    for (double v : parts.adjusted()) {
      rest += v * v;
    }
    left = rest / all;
    double sum = 0;
    int longest = parts.periods()[parts.periods().length - 1];
    for (int t = length - longest; t < length; t++) {
      double season = 0;
      for (double[] s : parts.seasons()) {
        season += s[t];
      }
      sum += season * season;
    }
    carried = sum / longest;
  }

  /** The share of the noise's variance that is left in the rest. */
  double left() {
    return left;
  }

  /** The share of it that the last cycles carry on. */
  double carried() {
    return carried;
  }
}
