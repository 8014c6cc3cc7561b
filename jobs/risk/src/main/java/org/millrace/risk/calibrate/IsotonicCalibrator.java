package org.millrace.risk.calibrate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.millrace.eval.ScoreHistogram;

/**
 * Isotonic calibration: straight lines between the centres of the blocks of an isotonic regression,
 * so that rows keep their order within a block too. (Zadrozny and Elkan, KDD 2002; centres: Oron
 * and Flournoy, Centered isotonic regression, Statistics in Biopharmaceutical Research 9, 2017.)
 *
 * <p>No probability is nearer to 0 or 1 than 1 / (rows + 2), since the rows that it was fitted on
 * can bear no greater certainty. Beyond the outer centres it is almost level, rising just enough to
 * keep the order.
 */
public final class IsotonicCalibrator implements Calibrator {
  private static final long serialVersionUID = 1L;
  private static final double ALMOST_LEVEL = 1e-6;

  private final double[] told;
  private final double[] calibrated;

  /**
   * @param told ascending from 0 to 1
   * @param calibrated probabilities at these, ascending
   */
  @JsonCreator
  public IsotonicCalibrator(
      @JsonProperty("told") double[] told, @JsonProperty("calibrated") double[] calibrated) {
    this.told = told.clone();
    this.calibrated = calibrated.clone();
  }

  @JsonProperty("told")
  public double[] told() {
    return told.clone();
  }

  @JsonProperty("calibrated")
  public double[] calibrated() {
    return calibrated.clone();
  }

  /** Fits it on probabilities that were told of rows that the model had not seen. */
  static IsotonicCalibrator fit(ScoreHistogram told) {
    List<ScoreHistogram.Bin> bins = told.bins();
    Pav pav =
        Pav.fit(
            bins.stream().mapToDouble(ScoreHistogram.Bin::middle).toArray(),
            bins.stream().mapToDouble(b -> (double) b.with() / b.rows()).toArray(),
            bins.stream().mapToDouble(ScoreHistogram.Bin::rows).toArray());
    double least = 1.0 / (told.rows() + 2);
    double[] centres = pav.centres();
    double[] levels = pav.levels();
    int blocks = centres.length;
    double[] x = new double[blocks + 2];
    double[] y = new double[blocks + 2];
    for (int b = 0; b < blocks; b++) {
      x[b + 1] = centres[b];
      y[b + 1] = Math.min(1 - least, Math.max(least, levels[b]));
    }
    y[0] = y[1] * (1 - ALMOST_LEVEL);
    x[blocks + 1] = 1;
    y[blocks + 1] = y[blocks] + (1 - y[blocks]) * ALMOST_LEVEL;
    return new IsotonicCalibrator(x, y);
  }

  @Override
  public double calibrate(double p) {
    int at = Arrays.binarySearch(told, p);
    if (at >= 0) {
      return calibrated[at];
    }
    int after = Math.max(1, Math.min(told.length - 1, -at - 1));
    double width = told[after] - told[after - 1];
    double share = width == 0 ? 1 : (p - told[after - 1]) / width;
    return calibrated[after - 1] + share * (calibrated[after] - calibrated[after - 1]);
  }
}
