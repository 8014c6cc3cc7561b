package org.millrace.risk.calibrate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** Makes a probability of what a model told: a growing function. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PlattCalibrator.class, name = "platt"),
  @JsonSubTypes.Type(value = IsotonicCalibrator.class, name = "isotonic")
})
public sealed interface Calibrator extends Serializable
    permits PlattCalibrator, IsotonicCalibrator {

  /**
   * @param told the uncalibrated probability, 0 to 1
   * @return the calibrated one, above 0 and below 1
   */
  double calibrate(double told);
}
