package org.millrace.risk.calibrate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.millrace.risk.model.Adjustment;

/**
 * Calibrated probabilities: of the positive class, or of each class against the rest and then
 * brought to a sum of 1. (Zadrozny and Elkan, KDD 2002.)
 *
 * @param classes one for a binary task, else one a class
 */
public record Calibration(@JsonProperty("classes") List<Calibrator> classes) implements Adjustment {

  public Calibration {
    classes = List.copyOf(classes);
  }

  @Override
  public void adjust(double[] probabilities) {
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = classes.get(c).calibrate(probabilities[c]);
      sum += probabilities[c];
    }
    if (probabilities.length > 1) {
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] /= sum;
      }
    }
  }
}
