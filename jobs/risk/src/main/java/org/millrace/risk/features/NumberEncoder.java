package org.millrace.risk.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Column;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * A number as it is, to the precision of a float. NaN and infinities are missing values: no split
 * and no weight can tell them from an error of measurement.
 */
record NumberEncoder(String column) implements ColumnEncoder {

  @Override
  public List<Feature> features() {
    return List.of(new Feature(column, column));
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    row[at] = value == null ? Float.NaN : number(((Number) value).doubleValue());
  }

  /** Whether a double is a value and not a missing one. */
  static Column isNumber(Column value) {
    return value.isNotNull().and(not(isnan(value))).and(abs(value).lt(Double.POSITIVE_INFINITY));
  }

  /** Finite doubles beyond the floats are the greatest float. */
  private static float number(double value) {
    return Double.isFinite(value)
        ? (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value))
        : Float.NaN;
  }
}
