package org.millrace.launch;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.millrace.outcome.Stop;

/**
 * A Kubernetes' API server, spoken to as Spark's own submission does, by the same properties.
 *
 * @param namespace of the run
 */
record KubernetesApi(KubernetesClient client, String namespace) implements AutoCloseable {
  private static final String AUTHENTICATE = "spark.kubernetes.authenticate.submission.";

  /** Somebody waits: after a second of refusals it says so. */
  private static final int RETRIES = 3;

  static KubernetesApi of(Map<String, String> properties) {
    String master = properties.get("spark.master").strip().substring("k8s://".length());
    Config found = Config.autoConfigure(properties.get("spark.kubernetes.context"));
    String namespace = namespace(properties);
    ConfigBuilder config =
        new ConfigBuilder(found)
            .withMasterUrl(master.contains("://") ? master : "https://" + master)
            .withRequestRetryBackoffLimit(RETRIES)
            .withNamespace(namespace);
    Optional.ofNullable(properties.get(AUTHENTICATE + "oauthToken"))
        .ifPresent(config::withOauthToken);
    Optional.ofNullable(properties.get(AUTHENTICATE + "oauthTokenFile"))
        .map(KubernetesApi::content)
        .ifPresent(config::withOauthToken);
    Optional.ofNullable(properties.get(AUTHENTICATE + "caCertFile"))
        .ifPresent(config::withCaCertFile);
    Optional.ofNullable(properties.get(AUTHENTICATE + "clientKeyFile"))
        .ifPresent(config::withClientKeyFile);
    Optional.ofNullable(properties.get(AUTHENTICATE + "clientCertFile"))
        .ifPresent(config::withClientCertFile);
    return new KubernetesApi(
        new KubernetesClientBuilder().withConfig(config.build()).build(), namespace);
  }

  static String namespace(Map<String, String> properties) {
    return properties.getOrDefault("spark.kubernetes.namespace", "default");
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw Stop.usage(
              "%soauthTokenFile is %s, which cannot be read: %s",
              AUTHENTICATE, file, e.getMessage())
          .because(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
