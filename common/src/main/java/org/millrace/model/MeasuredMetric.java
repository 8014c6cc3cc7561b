package org.millrace.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.eval.Metric;

/**
 * A metric on held-out data beside those of naive competitors.
 *
 * @param baselines values of the same metric, by the names of the competitors
 */
public record MeasuredMetric(
    String name, double value, boolean higherIsBetter, Map<String, Double> baselines) {

  public MeasuredMetric {
    baselines = Collections.unmodifiableMap(new TreeMap<>(baselines));
  }

  public static MeasuredMetric of(Metric metric, Map<String, Double> baselines) {
    return new MeasuredMetric(metric.name(), metric.value(), metric.higherIsBetter(), baselines);
  }

  /** The value by itself. */
  public Metric metric() {
    return new Metric(name, value, higherIsBetter);
  }
}
