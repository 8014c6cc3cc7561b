package org.millrace.launch;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.job.RunName;
import org.millrace.outcome.Stop;

/**
 * The secret of a run on Kubernetes: the use case with its values, the contracts, the keys. It is
 * mounted into the driver's pod, belongs to that pod once there is one, and goes when the run has
 * ended.
 */
record RunSecret(KubernetesApi api, RunName run) {
  /** What the API server takes at most, in bytes of all files. */
  private static final int MOST = 1024 * 1024;

  /** Where it is mounted. */
  static final String FOLDER = Kubernetes.IN_IMAGE + "/run";

  static String name(RunName run) {
    return "millrace-" + run.stamp().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes it.
   *
   * @throws Stop exit 2 where the files are too many for a secret; exit 1 where the API server does
   *     not take it
   */
  void create(Staging staging) {
    int size = staging.files().values().stream().mapToInt(file -> file.length).sum();
    if (size > MOST) {
      throw Stop.usage(
          "the use case and its contracts have %d bytes, and a secret of Kubernetes takes %d; put"
              + " the contracts of data-schemas that it does not need elsewhere",
          size, MOST);
    }
    Map<String, String> data = new TreeMap<>();
    staging
        .files()
        .forEach((file, bytes) -> data.put(file, Base64.getEncoder().encodeToString(bytes)));
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name(run))
            .withNamespace(api.namespace())
            .addToLabels("app.kubernetes.io/name", "millrace")
            .addToLabels(Kubernetes.LABEL, run.stamp())
            .addToAnnotations(Kubernetes.ANNOTATION, run.id())
            .endMetadata()
            .withType("Opaque")
            .withImmutable(true)
            .withData(data)
            .build();
    try {
      api.client().secrets().inNamespace(api.namespace()).resource(secret).create();
    } catch (KubernetesClientException e) {
      throw Stop.failed(
              "the secret %s, which takes the use case to the driver, cannot be made in the"
                  + " namespace %s: %s; who submits needs the right to create, get, patch and"
                  + " delete secrets there (submit/k8s/rbac.yaml)",
              name(run), api.namespace(), e.getMessage())
          .because(e);
    }
  }

  /** Ties it to the driver's pod, so that it goes with that, whoever is there then. */
  void giveTo(Pod driver) {
    ObjectMeta pod = driver.getMetadata();
    String patch =
        """
        {"metadata": {"ownerReferences": [
          {"apiVersion": "v1", "kind": "Pod", "name": "%s", "uid": "%s"}]}}\
        """
            .formatted(pod.getName(), pod.getUid());
    try {
      api.client()
          .secrets()
          .inNamespace(api.namespace())
          .withName(name(run))
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      System.err.printf(
          "millrace: the secret %s cannot be tied to the driver's pod (%s); should this process be"
              + " ended before the run, remove it by: kubectl delete secret -n %s %s%n",
          name(run), e.getMessage(), api.namespace(), name(run));
    }
  }

  void remove() {
    try {
      api.client().secrets().inNamespace(api.namespace()).withName(name(run)).delete();
    } catch (KubernetesClientException e) {
      System.err.printf(
          "millrace: the secret %s cannot be removed: %s; remove it by: kubectl delete secret -n %s"
              + " %s%n",
          name(run), e.getMessage(), api.namespace(), name(run));
    }
  }
}
