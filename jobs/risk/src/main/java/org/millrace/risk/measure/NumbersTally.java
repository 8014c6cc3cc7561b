package org.millrace.risk.measure;

import java.util.ArrayList;
import java.util.List;
import org.millrace.eval.ErrorTally;
import org.millrace.eval.Metric;

/** Predicted values beside the true ones. */
public final class NumbersTally implements TaskTally {
  private static final long serialVersionUID = 1L;
  private final ErrorTally errors = new ErrorTally();

  @Override
  public void add(double truth, double[] said) {
    errors.add(truth, said[0]);
  }

  @Override
  public NumbersTally merge(TaskTally other) {
    errors.merge(((NumbersTally) other).errors);
    return this;
  }

  @Override
  public long rows() {
    return errors.pairs();
  }

  /**
   * mae, rmse, smape; r2 (0 for who always says the mean, NaN where all values are equal) and mape
   * (a share; rows whose value is 0 are left out).
   */
  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(errors.metrics());
    metrics.add(Metric.higherIsBetter("r2", errors.r2()));
    metrics.add(Metric.lowerIsBetter("mape", errors.mape()));
    return metrics;
  }
}
