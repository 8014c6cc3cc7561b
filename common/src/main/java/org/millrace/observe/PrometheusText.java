package org.millrace.observe;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures in Prometheus's text format, version 0.0.4. */
final class PrometheusText {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private PrometheusText() {}

  /** Gauges in UTF-8; of two figures of one name and the same labels the last one counts. */
  static byte[] of(List<Figure> figures) throws IOException {
    Map<String, Map<Labels, Figure>> byName = new LinkedHashMap<>();
    for (Figure figure : figures) {
      byName
          .computeIfAbsent(figure.name(), name -> new LinkedHashMap<>())
          .put(labels(figure), figure);
    }
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    byName.forEach(
        (name, points) -> {
          GaugeSnapshot.Builder gauge =
              GaugeSnapshot.builder().name(name).help(points.values().iterator().next().help());
          points.forEach(
              (labels, figure) ->
                  gauge.dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(labels)
                          .value(figure.value())
                          .build()));
          all.metricSnapshot(gauge.build());
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.builder().build().write(bytes, all.build());
    return bytes.toByteArray();
  }

  private static Labels labels(Figure figure) {
    return Labels.of(
        figure.labels().keySet().toArray(String[]::new),
        figure.labels().values().toArray(String[]::new));
  }
}
