package org.millrace.model;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a job knows about the model that it publishes.
 *
 * @param createdAt when the training ended
 * @param job the job's name, such as {@code recommend.train}
 * @param features what the model needs when it scores
 * @param configuration the resolved configuration as it may be shown: whoever gives it has masked
 *     the secrets
 * @param configurationHash SHA-256 of the resolved configuration, secrets included
 * @param metrics measured on held-out data, each name once
 * @param holdout a sentence on the data that the metrics were measured on
 */
public record ModelInfo(
    Instant createdAt,
    String job,
    String runId,
    String codeVersion,
    String sparkVersion,
    FeatureContract features,
    Map<String, Object> configuration,
    String configurationHash,
    long seed,
    List<DataIdentity> data,
    List<MeasuredMetric> metrics,
    String holdout,
    ModelDescription description) {

  public ModelInfo {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    data = List.copyOf(data);
    metrics = List.copyOf(metrics);
    Set<String> names = new HashSet<>();
    for (MeasuredMetric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException("metric " + metric.name() + " is given twice");
      }
    }
  }
}
