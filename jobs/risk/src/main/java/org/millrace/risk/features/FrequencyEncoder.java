package org.millrace.risk.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.mllib.feature.HashingTF;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * Of a column with more levels than get a feature each: how many training rows have the level (the
 * logarithm of one more than that; 0 for levels not seen), and a 1 in one of some hash buckets.
 *
 * @param rows level to its training rows; levels that are left out count as not seen
 */
record FrequencyEncoder(String column, Map<String, Long> rows, int buckets)
    implements ColumnEncoder {

  FrequencyEncoder {
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>(List.of(new Feature(column + " frequency", column)));
    for (int b = 0; b < buckets; b++) {
      features.add(new Feature(column + " bucket " + b, column));
    }
    return features;
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    for (int b = 0; b < buckets; b++) {
      row[at + 1 + b] = 0;
    }
    if (value == null) {
      row[at] = Float.NaN;
      return;
    }
    String level = String.valueOf(value);
    row[at] = (float) Math.log1p(rows.getOrDefault(level, 0L));
    if (buckets > 0) {
      row[at + 1 + new HashingTF(buckets).indexOf(level)] = 1;
    }
  }
}
