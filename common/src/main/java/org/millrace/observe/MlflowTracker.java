package org.millrace.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.config.Observe;
import org.millrace.report.RunReport;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;

/**
 * Writes an ended run into a tracking server of MLflow, as one run of an experiment. Artifacts stay
 * under the root: the run's tags tell where.
 *
 * @param configuration the keys in force, secrets covered
 */
record MlflowTracker(Observe.Mlflow config, Map<String, Object> configuration) implements Watcher {
  /** How many values a server takes at once. */
  private static final int BATCH = 100;

  @Override
  public String name() {
    return "observe.mlflow " + config.trackingUri();
  }

  @Override
  public void ended(RunReport report) {
    try (MlflowClient client = new MlflowClient(config.trackingUri())) {
      MlflowRun told = MlflowRun.of(report, configuration);
      long ended = report.endedAt().orElseGet(Instant::now).toEpochMilli();
      String id =
          client
              .createRun(
                  CreateRun.newBuilder()
                      .setExperimentId(experiment(client, report.useCase()))
                      .setRunName(report.runId())
                      .setUserId(report.user())
                      .setStartTime(report.startedAt().toEpochMilli())
                      .addAllTags(told.tags())
                      .build())
              .getRunId();
      batches(told.params()).forEach(batch -> client.logBatch(id, null, batch, null));
      batches(told.metrics()).forEach(batch -> client.logBatch(id, batch, null, null));
      boolean done = report.exitCode().orElse(1) == 0;
      client.setTerminated(id, done ? RunStatus.FINISHED : RunStatus.FAILED, ended);
    }
  }

  /** Two runs may make it at the same time: who comes second takes the first one's. */
  private String experiment(MlflowClient client, String useCase) {
    String name = config.experiment().orElse(useCase);
    return client
        .getExperimentByName(name)
        .map(Experiment::getExperimentId)
        .orElseGet(
            () -> {
              try {
                return client.createExperiment(name);
              } catch (MlflowClientException e) {
                return client
                    .getExperimentByName(name)
                    .map(Experiment::getExperimentId)
                    .orElseThrow(() -> e);
              }
            });
  }

  private static <T> List<List<T>> batches(List<T> all) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return batches;
  }
}
