package org.millrace.risk.calibrate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.millrace.eval.ScoreHistogram;

/**
 * Platt scaling: the calibrated log-odds are a straight line of those that were told. (Platt,
 * Probabilistic outputs for support vector machines, 1999.)
 *
 * @param slope of the line; 1 changes nothing
 * @param intercept of the line; 0 changes nothing
 */
public record PlattCalibrator(
    @JsonProperty("slope") double slope, @JsonProperty("intercept") double intercept)
    implements Calibrator {
  /** Log-odds that are told beyond are this: where doubles near 1 end. */
  private static final double MOST_LOG_ODDS = 36;

  @Override
  public double calibrate(double told) {
    double logOdds = slope * logOdds(told) + intercept;
    return 1 / (1 + Math.exp(-Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, logOdds))));
  }

  static double logOdds(double p) {
    double logOdds = Math.log(p) - Math.log1p(-p);
    return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, logOdds));
  }

  /** Fits the line on probabilities that were told of rows that the model had not seen. */
  static PlattCalibrator fit(ScoreHistogram told) {
    List<ScoreHistogram.Bin> bins = told.bins();
    return CalibrationFit.line(
        bins.stream().mapToDouble(b -> logOdds(b.middle())).toArray(),
        bins.stream().mapToDouble(ScoreHistogram.Bin::without).toArray(),
        bins.stream().mapToDouble(ScoreHistogram.Bin::with).toArray());
  }
}
