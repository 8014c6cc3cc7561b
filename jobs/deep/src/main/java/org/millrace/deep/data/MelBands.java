package org.millrace.deep.data;

/**
 * Triangular filters at equal distances on the mel scale of Slaney's Auditory Toolbox (1998):
 * linear to 1000 Hz, logarithmic above; each of area 1.
 */
final class MelBands {
  private static final double HERTZ_A_MEL = 200.0 / 3;
  private static final double BREAK_HERTZ = 1000;
  private static final double BREAK_MEL = BREAK_HERTZ / HERTZ_A_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private final int[] first;
  private final double[][] weights;

  /**
   * Filters from 0 to half the sample rate.
   *
   * @param window samples of the transform
   */
  MelBands(int bands, int window, int rate) {
    this.first = new int[bands];
    this.weights = new double[bands][];
    double step = mel(rate / 2.0) / (bands + 1);
    for (int band = 0; band < bands; band++) {
      double low = hertz(band * step);
      double centre = hertz((band + 1) * step);
      double high = hertz((band + 2) * step);
      int begin = (int) Math.ceil(low * window / rate);
      int end = Math.min(window / 2, (int) Math.floor(high * window / rate));
      first[band] = begin;
      weights[band] = new double[Math.max(0, end - begin + 1)];
      for (int j = 0; j < weights[band].length; j++) {
        double frequency = (double) (begin + j) * rate / window;
        double rising = (frequency - low) / (centre - low);
        double falling = (high - frequency) / (high - centre);
        weights[band][j] = Math.max(0, Math.min(rising, falling)) * 2 / (high - low);
      }
    }
  }

  /** Sums the power in each band. */
  double[] of(double[] power) {
    double[] sums = new double[weights.length];
    for (int band = 0; band < sums.length; band++) {
      for (int j = 0; j < weights[band].length; j++) {
        sums[band] += weights[band][j] * power[first[band] + j];
      }
    }
    return sums;
  }

  private static double mel(double hertz) {
    return hertz < BREAK_HERTZ
        ? hertz / HERTZ_A_MEL
        : BREAK_MEL + Math.log(hertz / BREAK_HERTZ) / LOG_STEP;
  }

  private static double hertz(double mel) {
    return mel < BREAK_MEL
        ? mel * HERTZ_A_MEL
        : BREAK_HERTZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
  }
}
