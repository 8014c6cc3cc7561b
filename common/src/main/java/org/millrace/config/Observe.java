package org.millrace.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Who else is told of a run than its report. Everything is off by default; whoever is told and does
 * not listen never fails a run.
 *
 * @param lineage absent: no events
 * @param mlflow absent: no tracking
 */
public record Observe(
    Logs logs, Metrics metrics, Optional<Lineage> lineage, Optional<Mlflow> mlflow) {

  /** What a line of a log is. */
  public enum Logs {
    /** Words for people. */
    TEXT,
    /** An object of the Elastic Common Schema. */
    JSON
  }

  /**
   * Figures for Prometheus.
   *
   * @param live whether the driver's web pages serve them while the run lives
   * @param textfileFolder a local folder that node_exporter's textfile collector watches
   * @param pushGateway the URL of a Pushgateway
   */
  public record Metrics(
      boolean live, Optional<String> textfileFolder, Optional<String> pushGateway) {
    public Metrics {
      pushGateway.ifPresent(url -> requireHttp("push-gateway", url));
    }
  }

  /** OpenLineage's events, by its listener of Spark. */
  public record Lineage(String namespace, Transport transport) {
    public Lineage {
      Check.that(!namespace.isBlank(), "namespace", namespace, "a name, such as millrace");
    }
  }

  /** Where OpenLineage's events go. */
  public sealed interface Transport permits Http, File {}

  /**
   * A server such as Marquez.
   *
   * @param token sent as a bearer token
   */
  public record Http(String url, Optional<String> token) implements Transport {
    public Http {
      requireHttp("url", url);
    }
  }

  /** A file on the driver's disk, an event a line. */
  public record File(String location) implements Transport {
    public File {
      Check.that(!location.isBlank(), "location", location, "a file");
    }
  }

  /**
   * A tracking server of MLflow; who may write there is told to its client by the variables {@code
   * MLFLOW_TRACKING_USERNAME}, {@code MLFLOW_TRACKING_PASSWORD} and {@code MLFLOW_TRACKING_TOKEN}.
   *
   * @param experiment made where there is none of the name; absent: the use case's name
   */
  public record Mlflow(String trackingUri, Optional<String> experiment, Duration timeout) {
    public Mlflow {
      requireHttp("tracking-uri", trackingUri);
      Check.that(timeout.toMillis() >= 1, "timeout", timeout, "more than 0 s");
    }
  }

  private static void requireHttp(String key, String url) {
    Check.that(
        url.matches("https?://[^/\\s]+(/\\S*)?"), key, url, "a URL such as http://host:9091");
  }
}
