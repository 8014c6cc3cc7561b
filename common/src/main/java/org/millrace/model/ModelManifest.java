package org.millrace.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file {@code model.json} of a version; see {@link ModelInfo} for what the job says.
 *
 * @param format {@value #FORMAT}
 * @param kind what sort of model it is, such as {@code als}
 * @param files every file of the version but {@code model.json} and {@code signature}, by path
 */
public record ModelManifest(
    String format,
    String useCase,
    String kind,
    String version,
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
    List<ModelFile> files) {

  public static final String FORMAT = "millrace-model/1";

  public ModelManifest {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    data = List.copyOf(data);
    metrics = List.copyOf(metrics);
    files = List.copyOf(files);
  }

  static ModelManifest of(
      String useCase, String kind, String version, ModelInfo info, List<ModelFile> files) {
    return new ModelManifest(
        FORMAT,
        useCase,
        kind,
        version,
        info.createdAt(),
        info.job(),
        info.runId(),
        info.codeVersion(),
        info.sparkVersion(),
        info.features(),
        info.configuration(),
        info.configurationHash(),
        info.seed(),
        info.data(),
        info.metrics(),
        info.holdout(),
        files);
  }

  public Optional<MeasuredMetric> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }
}
