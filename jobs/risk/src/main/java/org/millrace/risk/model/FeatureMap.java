package org.millrace.risk.model;

import java.io.Serializable;
import java.util.List;

/**
 * Which encoded features stand where in a row, and of which column of the table each was made.
 *
 * @param features in the order of the row
 */
public record FeatureMap(List<Feature> features) implements Serializable {

  public FeatureMap {
    features = List.copyOf(features);
  }

  /**
   * @param name of the encoded feature, such as {@code home=rent} or {@code opened.month}
   * @param column of the table that it was made of; several features may be of one column, and what
   *     a model says of them is told of the column
   */
  public record Feature(String name, String column) implements Serializable {}

  /** The length of an encoded row. */
  public int size() {
    return features.size();
  }
}
