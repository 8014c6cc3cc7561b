package org.millrace.observe;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.millrace.report.RunReport;

/**
 * The run's figures as a source of Spark's metrics system, from where every sink that the
 * installation has takes them, Prometheus's servlet among them. Spark's names have no labels: they
 * are in the name, as in {@code rows_read.risk.train.examples}.
 */
final class LiveMetrics implements Watcher, Source {
  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  /** Registers with the Spark that runs in this JVM. */
  static LiveMetrics register() {
    LiveMetrics metrics = new LiveMetrics();
    SparkEnv.get().metricsSystem().registerSource(metrics);
    return metrics;
  }

  @Override
  public String name() {
    return "observe.metrics.live";
  }

  @Override
  public String sourceName() {
    return "millrace";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  @Override
  public void progressed(RunReport soFar) {
    for (Figure figure : RunFigures.of(soFar)) {
      String name = flat(figure);
      if (values.put(name, figure.value()) == null) {
        Gauge<Double> gauge = () -> values.get(name);
        registry.register(name, gauge);
      }
    }
  }

  private static String flat(Figure figure) {
    return Stream.concat(
            Stream.of(figure.name().replaceFirst("^millrace_", "")),
            figure.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("use_case"))
                .map(Map.Entry::getValue))
        .collect(Collectors.joining("."));
  }
}
