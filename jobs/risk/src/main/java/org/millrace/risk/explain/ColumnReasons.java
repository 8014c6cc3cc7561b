package org.millrace.risk.explain;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.risk.model.FeatureMap;

/**
 * Contributions of encoded features as those of the columns that they were made of: what the levels
 * of a category or the parts of a time contribute is added up.
 */
public final class ColumnReasons implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] columns;
  private final int[] columnOf;

  public ColumnReasons(FeatureMap features) {
    Map<String, Integer> places = new LinkedHashMap<>();
    columnOf = new int[features.size()];
    for (int f = 0; f < columnOf.length; f++) {
      String column = features.features().get(f).column();
      places.putIfAbsent(column, places.size());
      columnOf[f] = places.get(column);
    }
    columns = places.keySet().toArray(String[]::new);
  }

  /** The columns, in the order of their first features. */
  public List<String> columns() {
    return List.of(columns);
  }

  /**
   * Adds up.
   *
   * @param ofFeatures a number a feature
   * @return a number a column
   */
  public double[] sums(double[] ofFeatures) {
    double[] sums = new double[columns.length];
    for (int f = 0; f < columnOf.length; f++) {
      sums[columnOf[f]] += ofFeatures[f];
    }
    return sums;
  }

  /**
   * The places of the columns that contribute most, whichever way; of equals the first.
   *
   * @param sums as {@link #sums} gives them
   */
  public List<Integer> top(double[] sums, int count) {
    List<Integer> places = new ArrayList<>();
    boolean[] taken = new boolean[sums.length];
    for (int n = 0; n < Math.min(count, sums.length); n++) {
      int best = -1;
      for (int c = 0; c < sums.length; c++) {
        if (!taken[c] && (best < 0 || Math.abs(sums[c]) > Math.abs(sums[best]))) {
          best = c;
        }
      }
      taken[best] = true;
      places.add(best);
    }
    return places;
  }
}
