package org.millrace.risk.calibrate;

import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.ScoreHistogram;

/** How probabilities are calibrated; the choice and its parameters in {@code reference.conf}. */
public sealed interface CalibrationConfig {

  /**
   * Fits a calibrator.
   *
   * @param told out-of-fold probabilities of a class
   * @return empty where nothing is to be calibrated
   */
  Optional<Calibrator> fit(ScoreHistogram told);

  /** For the model card, to follow "Probabilities are". */
  String describe();

  /** Rows of the rarer of the outcome's two kinds. */
  private static long rarer(ScoreHistogram told) {
    long with = told.bins().stream().mapToLong(ScoreHistogram.Bin::with).sum();
    return Math.min(with, told.rows() - with);
  }

  /**
   * Isotonic where there are enough rows for its freedom, else Platt.
   *
   * @param isotonicFromRows of the rarer kind, with the outcome or without
   */
  record Auto(long isotonicFromRows) implements CalibrationConfig {
    public Auto {
      Check.that(
          isotonicFromRows >= 1, "isotonic-from-rows", isotonicFromRows, "a number of at least 1");
    }

    @Override
    public Optional<Calibrator> fit(ScoreHistogram told) {
      return rarer(told) >= isotonicFromRows ? new Isotonic().fit(told) : new Platt().fit(told);
    }

    @Override
    public String describe() {
      return "calibrated on out-of-fold scores: isotonic from %d rows of the rarer outcome, else by Platt's line"
          .formatted(isotonicFromRows);
    }
  }

  /** Any growing function (Zadrozny and Elkan 2002). */
  record Isotonic() implements CalibrationConfig {
    @Override
    public Optional<Calibrator> fit(ScoreHistogram told) {
      return rarer(told) == 0 ? Optional.empty() : Optional.of(IsotonicCalibrator.fit(told));
    }

    @Override
    public String describe() {
      return "calibrated on out-of-fold scores, isotonic";
    }
  }

  /** A straight line of log-odds (Platt 1999). */
  record Platt() implements CalibrationConfig {
    @Override
    public Optional<Calibrator> fit(ScoreHistogram told) {
      return rarer(told) == 0 ? Optional.empty() : Optional.of(PlattCalibrator.fit(told));
    }

    @Override
    public String describe() {
      return "calibrated on out-of-fold scores by Platt's line";
    }
  }

  /** What the model tells is left as it is. */
  record None() implements CalibrationConfig {
    @Override
    public Optional<Calibrator> fit(ScoreHistogram told) {
      return Optional.empty();
    }

    @Override
    public String describe() {
      return "not calibrated";
    }
  }
}
