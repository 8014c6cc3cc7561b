package org.millrace.risk.decide;

import java.util.ArrayList;
import java.util.List;
import org.millrace.eval.ScoreHistogram;

/** What every threshold would select of the rows of a histogram. */
final class Cuts {
  /** Above every probability. */
  static final double NOBODY = Math.nextUp(1.0);

  private final long positive;
  private final long rows;
  private final List<Cut> cuts;

  /**
   * What a threshold selects.
   *
   * @param without selected rows without the outcome
   * @param with selected rows with it
   */
  record Cut(double threshold, long without, long with) {
    long selected() {
      return without + with;
    }

    double precision() {
      return selected() == 0 ? Double.NaN : (double) with / selected();
    }
  }

  Cuts(ScoreHistogram told) {
    List<ScoreHistogram.Bin> bins = told.bins();
    cuts = new ArrayList<>();
    cuts.add(new Cut(NOBODY, 0, 0));
    long without = 0;
    long with = 0;
    for (int b = bins.size() - 1; b >= 0; b--) {
      without += bins.get(b).without();
      with += bins.get(b).with();
      cuts.add(new Cut(bins.get(b).least(), without, with));
    }
    this.positive = with;
    this.rows = without + with;
  }

  /** From the highest threshold, which selects nobody, to the lowest, which selects all. */
  List<Cut> descending() {
    return cuts;
  }

  long positive() {
    return positive;
  }

  long rows() {
    return rows;
  }

  /**
   * What a threshold selects, to the width of a bin: rows of the bin that it cuts are not selected.
   */
  Cut at(double threshold) {
    Cut selected = cuts.get(0);
    for (Cut cut : cuts) {
      if (cut.threshold() >= threshold) {
        selected = cut;
      }
    }
    return new Cut(threshold, selected.without(), selected.with());
  }

  Decision decision(Cut cut, String rule, double cost) {
    return new Decision(
        cut.threshold(),
        rule,
        rows == 0 ? Double.NaN : (double) cut.selected() / rows,
        cut.precision(),
        positive == 0 ? Double.NaN : (double) cut.with() / positive,
        cost);
  }
}
