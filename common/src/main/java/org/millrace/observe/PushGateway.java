package org.millrace.observe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.millrace.report.RunReport;

/**
 * Pushes the last figures of a use case to a Prometheus Pushgateway, in place of those of its run
 * before. Two use cases do not touch each other.
 */
record PushGateway(String url) implements Watcher {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "observe.metrics.push-gateway " + url;
  }

  @Override
  public void ended(RunReport report) throws IOException {
    URI group =
        URI.create(
            "%s/metrics/job/millrace/use_case/%s"
                .formatted(url.replaceFirst("/+$", ""), report.useCase()));
    HttpRequest put =
        HttpRequest.newBuilder(group)
            .timeout(PATIENCE)
            .header("Content-Type", PrometheusText.CONTENT_TYPE)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(PrometheusText.of(RunFigures.of(report))))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .build()
              .send(put, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(
            "it answered %d %s".formatted(answer.statusCode(), answer.body().strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
