package org.millrace.risk.features;

import java.util.List;
import org.millrace.risk.model.FeatureMap.Feature;

/** 1 for true, 0 for false. */
record BooleanEncoder(String column) implements ColumnEncoder {

  @Override
  public List<Feature> features() {
    return List.of(new Feature(column, column));
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    row[at] = value == null ? Float.NaN : (Boolean) value ? 1 : 0;
  }
}
