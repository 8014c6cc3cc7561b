package org.millrace.risk.measure;

import java.util.ArrayList;
import java.util.List;
import org.millrace.eval.ScoreHistogram;

/**
 * How well probabilities tell positive rows from others, at every threshold. Rows whose
 * probabilities are in one bin of the histogram are tied.
 */
public final class Curves {
  private static final int MOST_POINTS = 200;

  private final long positive;
  private final long negative;

  /** Selected rows without and with the outcome, from nobody to all. */
  private final List<long[]> selected = new ArrayList<>();

  /** A point of a curve. */
  public record Point(double x, double y) {}

  public Curves(ScoreHistogram scores) {
    List<ScoreHistogram.Bin> bins = scores.bins();
    long without = 0;
    long with = 0;
    selected.add(new long[] {0, 0});
    for (int b = bins.size() - 1; b >= 0; b--) {
      without += bins.get(b).without();
      with += bins.get(b).with();
      selected.add(new long[] {without, with});
    }
    positive = with;
    negative = without;
  }

  /**
   * The sum over thresholds of the gain in recall, times the precision there. (As scikit-learn's
   * {@code average_precision_score}.)
   *
   * @return NaN where no row is positive
   */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 1; i < selected.size(); i++) {
      long[] at = selected.get(i);
      sum += (double) (at[1] - selected.get(i - 1)[1]) * at[1] / (at[0] + at[1]);
    }
    return positive == 0 ? Double.NaN : sum / positive;
  }

  /**
   * The greatest distance between the distributions of the probabilities of positive and of other
   * rows.
   *
   * @return NaN where all rows are of one kind
   */
  public double kolmogorovSmirnov() {
    if (positive == 0 || negative == 0) {
      return Double.NaN;
    }
    double most = 0;
    for (long[] at : selected) {
      most = Math.max(most, Math.abs((double) at[1] / positive - (double) at[0] / negative));
    }
    return most;
  }

  /** False positive rate to true positive rate. */
  public List<Point> roc() {
    return thinned(at -> new Point((double) at[0] / negative, (double) at[1] / positive));
  }

  /** Recall to precision, without the point that selects nobody. */
  public List<Point> precisionRecall() {
    List<Point> points =
        thinned(at -> new Point((double) at[1] / positive, (double) at[1] / (at[0] + at[1])));
    return points.stream().filter(p -> !Double.isNaN(p.y())).toList();
  }

  /** The share of rows that are selected to the share of positive rows among them. */
  public List<Point> gain() {
    return thinned(
        at ->
            new Point((double) (at[0] + at[1]) / (positive + negative), (double) at[1] / positive));
  }

  /**
   * How many times more positive rows a share of the most probable rows has than as many rows by
   * chance. Where the share ends among tied rows, they count by their mean.
   *
   * @return NaN where no row is positive
   */
  public double lift(double share) {
    double wanted = share * (positive + negative);
    for (int i = 1; i < selected.size(); i++) {
      long[] at = selected.get(i);
      if (at[0] + at[1] >= wanted) {
        long[] before = selected.get(i - 1);
        double rows = at[0] + at[1] - before[0] - before[1];
        double part = (wanted - before[0] - before[1]) / rows;
        return (before[1] + part * (at[1] - before[1])) / positive / share;
      }
    }
    return Double.NaN;
  }

  private List<Point> thinned(java.util.function.Function<long[], Point> point) {
    List<Point> points = new ArrayList<>();
    int last = selected.size() - 1;
    int shown = Math.min(last, MOST_POINTS);
    for (int i = 0; i <= shown; i++) {
      points.add(point.apply(selected.get(shown == 0 ? 0 : (int) ((long) i * last / shown))));
    }
    return points;
  }
}
