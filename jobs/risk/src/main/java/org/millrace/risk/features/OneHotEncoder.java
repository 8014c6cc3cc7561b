package org.millrace.risk.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * A 1 at the place of the level, one for missing values and one for levels that were rare or not
 * seen in training.
 *
 * @param places level to place, from 0
 */
record OneHotEncoder(String column, Map<String, Integer> places) implements ColumnEncoder {

  OneHotEncoder {
    places = Collections.unmodifiableMap(new TreeMap<>(places));
  }

  static OneHotEncoder of(String column, List<String> levels) {
    Map<String, Integer> places = new TreeMap<>();
    levels.stream().sorted().forEach(level -> places.put(level, places.size()));
    return new OneHotEncoder(column, places);
  }

  @Override
  public Set<String> levels() {
    return places.keySet();
  }

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    places.keySet().forEach(level -> features.add(new Feature(column + "=" + level, column)));
    features.add(new Feature(column + " is missing", column));
    features.add(new Feature(column + " is another", column));
    return features;
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    for (int i = 0; i < places.size() + 2; i++) {
      row[at + i] = 0;
    }
    int place =
        value == null
            ? places.size()
            : places.getOrDefault(String.valueOf(value), places.size() + 1);
    row[at + place] = 1;
  }
}
