package org.millrace.deep.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * Takes the mean off each feature and divides by its deviation, both of the training rows.
 *
 * @param mean of each feature
 * @param deviation of each feature; 1 for one that never changes
 */
public record Standardization(List<Double> mean, List<Double> deviation) implements Serializable {
  public Standardization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /** Leaves numbers as they are. */
  public static Standardization none(int features) {
    return new Standardization(
        Collections.nCopies(features, 0.0), Collections.nCopies(features, 1.0));
  }

  public double apply(int feature, double value) {
    return (value - mean.get(feature)) / deviation.get(feature);
  }

  /** What {@link #apply} made a number of. */
  public double undo(int feature, double standardized) {
    return standardized * deviation.get(feature) + mean.get(feature);
  }
}
