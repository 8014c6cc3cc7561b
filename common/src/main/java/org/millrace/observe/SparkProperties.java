package org.millrace.observe;

import java.util.Map;
import java.util.TreeMap;
import org.millrace.config.Observe;
import org.millrace.outcome.Stop;

/** What Spark must be told before it starts, so that it tells others. */
public final class SparkProperties {
  private static final String LISTENER = "io.openlineage.spark.agent.OpenLineageSparkListener";
  private static final String LISTENERS = "spark.extraListeners";
  private static final String REDACTION = "spark.redaction.regex";

  private SparkProperties() {}

  /**
   * Adds to the properties of a run; what somebody set is kept.
   *
   * @param runId goes with every event and every line of JSON
   * @param given the properties so far, of the use case and of spark-submit, with their prefix
   * @return the properties to set
   * @throws Stop exit 2 where the listener's jar is not there, or the web pages are off that should
   *     serve the figures
   */
  public static Map<String, String> of(
      Observe observe, String useCase, String runId, Map<String, String> given) {
    Map<String, String> added = new TreeMap<>();
    if (observe.metrics().live()) {
      live(given, added);
    }
    observe.lineage().ifPresent(lineage -> lineage(lineage, useCase, runId, given, added));
    if (observe.logs() == Observe.Logs.JSON) {
      append("spark.plugins", ExecutorJsonLogs.class.getName(), given, added);
      added.put(ExecutorJsonLogs.RUN_ID, runId);
      added.put(ExecutorJsonLogs.USE_CASE, useCase);
    }
    return added;
  }

  private static void live(Map<String, String> given, Map<String, String> added) {
    if (given.getOrDefault("spark.ui.enabled", "true").equals("false")) {
      throw Stop.usage(
          "observe.metrics.live is true, but spark.ui.enabled is false, and the figures are served by"
              + " Spark's web pages; set one of the two");
    }
    String sink = "spark.metrics.conf.driver.sink.prometheusServlet.";
    added.put(sink + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    added.put(sink + "path", "/metrics/prometheus");
    added.put("spark.ui.prometheus.enabled", "true");
    // By default the application's identifier is in every name, and no two runs have the same.
    added.put("spark.metrics.namespace", given.getOrDefault("spark.metrics.namespace", "millrace"));
  }

  private static void lineage(
      Observe.Lineage lineage,
      String useCase,
      String runId,
      Map<String, String> given,
      Map<String, String> added) {
    try {
      Class.forName(LISTENER, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw Stop.usage(
              "observe.lineage needs OpenLineage's listener, and no jar here has it; add"
                  + " spark { jars.packages = \"io.openlineage:openlineage-spark_2.12:1.37.0\" }, or its jar by"
                  + " spark { jars = PATH }")
          .because(e);
    }
    append(LISTENERS, LISTENER, given, added);
    added.put("spark.openlineage.namespace", lineage.namespace());
    added.put("spark.openlineage.appName", useCase);
    added.put("spark.openlineage.run.tags", "millrace_run_id:" + runId + ":millrace");
    // A table is written where no reader looks and then renamed: events name where it is read.
    added.put(
        "spark.openlineage.dataset.removePath.pattern", "(.*)(?<remove>/\\.staging/[^/]+/new)(.*)");
    if (lineage.transport() instanceof Observe.Http http) {
      added.put("spark.openlineage.transport.type", "http");
      added.put("spark.openlineage.transport.url", http.url());
      http.token()
          .ifPresent(
              token -> {
                added.put("spark.openlineage.transport.auth.type", "api_key");
                added.put("spark.openlineage.transport.auth.apiKey", token);
                added.put(
                    REDACTION,
                    given.getOrDefault(REDACTION, "(?i)secret|password|token|access[.]?key")
                        + "|apikey");
              });
    } else if (lineage.transport() instanceof Observe.File file) {
      added.put("spark.openlineage.transport.type", "file");
      added.put("spark.openlineage.transport.location", file.location());
    }
  }

  private static void append(
      String key, String value, Map<String, String> given, Map<String, String> added) {
    String before = given.getOrDefault(key, "");
    added.put(key, before.isBlank() ? value : before + "," + value);
  }
}
