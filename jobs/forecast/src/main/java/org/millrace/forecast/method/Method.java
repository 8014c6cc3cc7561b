package org.millrace.forecast.method;

import java.io.Serializable;
import org.millrace.forecast.series.History;

/** A way to forecast one series: pure, deterministic, without Spark. */
public interface Method extends Serializable {

  /** As it stands in use-case files and tables, such as {@code ets} or {@code seasonal-naive}. */
  String name();

  /**
   * Learns from the past of a series.
   *
   * @throws Unfit where the series is too short or otherwise nothing for this method: the reason
   *     becomes part of the row for which a simpler method speaks
   */
  Fitted fit(History history) throws Unfit;

  /**
   * The expected cost of {@link #fit} on a series of that length, in units of a pass over it: tasks
   * are balanced by it.
   */
  double cost(int length, int[] periods);

  /** A method that has learned from a series. */
  interface Fitted {

    /**
     * Forecasts the steps behind the history.
     *
     * @param horizon steps, at least 1
     * @param future each regressor of the history at those steps
     */
    Prediction predict(int horizon, double[][] future);

    /**
     * The errors of one step on the history, value less forecast: of its newest steps, the newest
     * last. The oldest ones, from which a method starts, may be missing.
     */
    double[] errors();

    /** What was found, for people: orders, components, parameters. */
    String description();
  }

  /** Says why a method can make nothing of a series. */
  final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    public Unfit(String reason) {
      super(reason);
    }
  }
}
