package org.millrace.risk.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * What training rows of a level had for a label: the mean, drawn towards that of all rows the more,
 * the fewer rows it has. (Micci-Barreca, A preprocessing scheme for high-cardinality categorical
 * attributes, SIGKDD Explorations 3, 2001, with the m-estimate.)
 *
 * @param means level to its means; levels that are left out have those of all rows
 * @param all the means of all rows
 */
record TargetEncoder(String column, Map<String, List<Double>> means, List<Double> all)
    implements ColumnEncoder {

  TargetEncoder {
    means = Collections.unmodifiableMap(new TreeMap<>(means));
    all = List.copyOf(all);
  }

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (int t = 0; t < all.size(); t++) {
      features.add(
          new Feature(column + " target" + (all.size() == 1 ? "" : " " + (t + 1)), column));
    }
    return features;
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    List<Double> of = value == null ? all : means.getOrDefault(String.valueOf(value), all);
    for (int t = 0; t < all.size(); t++) {
      row[at + t] = value == null ? Float.NaN : of.get(t).floatValue();
    }
  }
}
