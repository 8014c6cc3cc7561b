package org.millrace.risk.features;

import java.util.List;
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

  /** Finite doubles beyond the floats are the greatest float. */
  static float number(double value) {
    return Double.isFinite(value)
        ? (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value))
        : Float.NaN;
  }
}
