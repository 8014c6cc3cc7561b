package org.millrace.eval;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts of a column's values: one bar a value where there are few, else bars of equal width.
 *
 * @param values the value of each bar, or the lower bounds of bars of equal width
 * @param width of a bar; 0 where each bar is a value
 */
public record Histogram(List<Double> values, double width, List<Double> counts) {
  private static final MathContext SHOWN = new MathContext(3);

  /**
   * Counts.
   *
   * @param bars at most so many
   */
  public static Histogram of(Dataset<Row> rows, Column column, int bars) {
    Column value = column.cast("double");
    List<Row> distinct =
        rows.filter(value.isNotNull())
            .groupBy(value.as("value"))
            .agg(count(lit(1)).as("rows"))
            .limit(bars + 1)
            .collectAsList();
    if (distinct.size() <= bars) {
      List<Row> sorted = new ArrayList<>(distinct);
      sorted.sort((a, b) -> Double.compare(a.getDouble(0), b.getDouble(0)));
      return new Histogram(
          sorted.stream().map(r -> r.getDouble(0)).toList(),
          0,
          sorted.stream().map(r -> (double) r.getLong(1)).toList());
    }
    Row range = rows.agg(min(value), max(value)).first();
    double from = range.getDouble(0);
    double width = (range.getDouble(1) - from) / bars;
    List<Double> bounds = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      bounds.add(from + i * width);
    }
    return new Histogram(bounds, width, List.of()).over(rows, column);
  }

  /** Other rows, counted in the same bars; values outside go to the first or the last one. */
  public Histogram over(Dataset<Row> rows, Column column) {
    if (values.isEmpty()) {
      return this;
    }
    Column value = column.cast("double");
    Double[] filled = new Double[values.size()];
    Arrays.fill(filled, 0.0);
    Column bar =
        width == 0
            ? value
            : org.apache.spark.sql.functions.greatest(
                lit(0L),
                least(lit(values.size() - 1L), floor(value.minus(values.get(0)).divide(width))));
    for (Row row :
        rows.filter(value.isNotNull()).groupBy(bar.as("bar")).agg(count(lit(1))).collectAsList()) {
      int index =
          width == 0
              ? Math.max(0, Collections.binarySearch(values, row.getDouble(0)))
              : (int) row.getLong(0);
      filled[index] += row.getLong(1);
    }
    return new Histogram(values, width, List.of(filled));
  }

  /** What stands under each bar. */
  public List<String> labels() {
    return values.stream()
        .map(v -> new BigDecimal(v).round(SHOWN).stripTrailingZeros().toPlainString())
        .toList();
  }
}
