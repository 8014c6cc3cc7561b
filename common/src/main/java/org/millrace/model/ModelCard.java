package org.millrace.model;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code MODEL_CARD.md}: what a version is, for people. The template escapes nothing; values come
 * as {@link #cell cells}, and only the description is Markdown of its own.
 */
final class ModelCard {

  private static final String TEMPLATE = "MODEL_CARD.mustache";

  private ModelCard() {}

  private record MetricRow(String name, double value, String direction, List<Baseline> baselines) {}

  private record Baseline(String metric, String name, double value) {}

  static String render(
      String useCase, String kind, String version, ModelInfo info, Optional<String> keyId) {
    Map<String, Object> view =
        Map.ofEntries(
            Map.entry("useCase", cell(useCase)),
            Map.entry("kind", cell(kind)),
            Map.entry("version", cell(version)),
            Map.entry("createdAt", info.createdAt().toString()),
            Map.entry("job", cell(info.job())),
            Map.entry("runId", cell(info.runId())),
            Map.entry("codeVersion", cell(info.codeVersion())),
            Map.entry("sparkVersion", cell(info.sparkVersion())),
            Map.entry("seed", Long.toString(info.seed())),
            Map.entry("configurationHash", cell(info.configurationHash())),
            Map.entry("description", info.description()),
            Map.entry("data", info.data().stream().map(ModelCard::dataRow).toList()),
            Map.entry("contract", cell(info.features().contract())),
            Map.entry("contractHash", cell(info.features().contractHash())),
            Map.entry(
                "columns", info.features().columns().stream().map(ModelCard::column).toList()),
            Map.entry("holdout", cell(info.holdout())),
            Map.entry("metrics", info.metrics().stream().map(ModelCard::metricRow).toList()),
            Map.entry("signed", keyId.isPresent()),
            Map.entry("keyId", keyId.orElse("")));
    StringWriter card = new StringWriter();
    template().execute(card, view);
    return card.toString();
  }

  /** A value in one table cell, showing as it is: no markup, no line break. */
  static String cell(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("`", "\\`")
        .replace("*", "\\*")
        .replace("[", "\\[")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }

  private static DataIdentity dataRow(DataIdentity data) {
    return new DataIdentity(
        cell(data.input()), cell(data.path()), cell(data.identity()), data.rows());
  }

  private static FeatureContract.Column column(FeatureContract.Column column) {
    return new FeatureContract.Column(cell(column.name()), cell(column.type()));
  }

  private static MetricRow metricRow(MeasuredMetric metric) {
    return new MetricRow(
        cell(metric.name()),
        metric.value(),
        metric.higherIsBetter() ? "higher" : "lower",
        metric.baselines().entrySet().stream()
            .map(
                baseline ->
                    new Baseline(cell(metric.name()), cell(baseline.getKey()), baseline.getValue()))
            .toList());
  }

  private static Mustache template() {
    try (InputStream in = ModelCard.class.getResourceAsStream(TEMPLATE);
        Reader reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
      return new DefaultMustacheFactory().compile(reader, TEMPLATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
