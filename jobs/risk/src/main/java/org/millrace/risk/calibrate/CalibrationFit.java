package org.millrace.risk.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.eval.PlattLine;
import org.millrace.eval.ScoreHistogram;

/** Fits calibrations on what was told of rows out of fold, in bins: of any number of rows. */
public final class CalibrationFit {
  private static final Calibrator UNCHANGED = new PlattCalibrator(1, 0);

  private CalibrationFit() {}

  /**
   * The straight line from scores to log-odds, by Platt's method.
   *
   * @param scores any numbers
   * @param without rows without the outcome at each score
   * @param with rows with it
   */
  public static PlattCalibrator line(double[] scores, double[] without, double[] with) {
    PlattLine line = PlattLine.fit(scores, without, with);
    return new PlattCalibrator(line.slope(), line.intercept());
  }

  /**
   * Fits a calibrator for each class. A class that none or all of the rows have stays as it is.
   *
   * @param told what was told of each class, beside whether it was the true one: one of the
   *     positive class for a binary task, else one a class
   */
  public static Optional<Calibration> fit(List<ScoreHistogram> told, CalibrationConfig config) {
    List<Calibrator> classes = new ArrayList<>();
    boolean any = false;
    for (ScoreHistogram each : told) {
      Optional<Calibrator> fitted = config.fit(each);
      any |= fitted.isPresent();
      classes.add(fitted.orElse(UNCHANGED));
    }
    return any ? Optional.of(new Calibration(classes)) : Optional.empty();
  }
}
