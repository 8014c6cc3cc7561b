package org.millrace.forecast.method.simple;

import java.util.function.IntFunction;
import org.millrace.forecast.method.Method.Fitted;
import org.millrace.forecast.method.Prediction;

/** A fitted method that needs no regressors: horizon to prediction, and its errors of one step. */
final class Steps {
  private Steps() {}

  static Fitted of(String description, double[] errors, IntFunction<Prediction> steps) {
    return new Fitted() {
      @Override
      public Prediction predict(int horizon, double[][] future) {
        return steps.apply(horizon);
      }

      @Override
      public double[] errors() {
        return errors;
      }

      @Override
      public String description() {
        return description;
      }
    };
  }
}
