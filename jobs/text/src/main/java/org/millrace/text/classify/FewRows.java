package org.millrace.text.classify;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows to learn from that are few enough for the driver: a step of a search is then a loop over
 * some million numbers, and not a job of Spark's that takes longer to start than to run.
 *
 * <p>Numbers are in units of the deviation of their place, as MLlib's searches have them, which end
 * after fewer steps so.
 */
final class FewRows {
  /** At 12 bytes each, 50 MB, of which each candidate that is fitted at once has its own. */
  private static final long MOST_NUMBERS = 4_000_000;

  private final int[] labels;

  /** Where a row's numbers begin, and those of the last one end. */
  private final int[] from;

  private final int[] places;
  private final double[] numbers;
  private final int size;
  private final double[] deviations;

  private FewRows(List<Row> rows) {
    labels = new int[rows.size()];
    from = new int[rows.size() + 1];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) rows.get(i).getDouble(0);
      from[i + 1] = from[i] + vector(rows.get(i)).numActives();
    }
    places = new int[from[labels.length]];
    numbers = new double[places.length];
    for (int i = 0; i < labels.length; i++) {
      int first = from[i];
      int[] next = {first};
      vector(rows.get(i))
          .foreachActive(
              (place, number) -> {
                places[next[0]] = (Integer) place;
                numbers[next[0]++] = (Double) number;
                return scala.runtime.BoxedUnit.UNIT;
              });
    }
    size = rows.isEmpty() ? 0 : vector(rows.get(0)).size();
    deviations = deviations();
    for (int i = 0; i < places.length; i++) {
      double deviation = deviations[places[i]];
      numbers[i] = deviation > 0 ? numbers[i] / deviation : 0;
    }
  }

  private double[] deviations() {
    double[] means = new double[size];
    for (int i = 0; i < places.length; i++) {
      means[places[i]] += numbers[i] / labels.length;
    }
    double[] squares = new double[size];
    int[] present = new int[size];
    for (int i = 0; i < places.length; i++) {
      double off = numbers[i] - means[places[i]];
      squares[places[i]] += off * off;
      present[places[i]]++;
    }
    for (int p = 0; p < size; p++) {
      double absent = (labels.length - present[p]) * means[p] * means[p];
      squares[p] = Math.sqrt((squares[p] + absent) / Math.max(1, labels.length - 1));
    }
    return squares;
  }

  /** The unit of a place; 0 where all rows have the same number. */
  double deviation(int place) {
    return deviations[place];
  }

  private static Vector vector(Row row) {
    return (Vector) row.get(1);
  }

  /** Those of a table with {@link Examples}' columns; empty where they are too many. */
  static Optional<FewRows> of(Dataset<Row> rows) {
    Dataset<Row> known = rows.select(Examples.LABEL, Examples.VECTOR);
    long all = known.javaRDD().map(row -> vector(row).numActives() + 1L).fold(0L, Long::sum);
    return all > MOST_NUMBERS ? Optional.empty() : Optional.of(new FewRows(known.collectAsList()));
  }

  int rows() {
    return labels.length;
  }

  /** Numbers of a vector. */
  int size() {
    return size;
  }

  int label(int row) {
    return labels[row];
  }

  /** The sum of a row's numbers times the weights from a place on. */
  double product(int row, double[] weights, int first) {
    double sum = 0;
    for (int i = from[row]; i < from[row + 1]; i++) {
      sum += numbers[i] * weights[first + places[i]];
    }
    return sum;
  }

  /** Adds a row's numbers, times a factor, to sums from a place on. */
  void add(int row, double factor, double[] sums, int first) {
    for (int i = from[row]; i < from[row + 1]; i++) {
      sums[first + places[i]] += factor * numbers[i];
    }
  }
}
