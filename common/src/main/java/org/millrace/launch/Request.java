package org.millrace.launch;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.millrace.config.Settings;
import org.millrace.job.Jobs;
import org.millrace.job.RunName;
import org.millrace.outcome.Stop;
import org.millrace.store.Root;

/**
 * A run that is to be submitted.
 *
 * @param steps those that were named; none for all
 * @param sparkHome the Spark that submits it
 */
record Request(
    Jobs.Bound useCase,
    LocalDate date,
    List<String> steps,
    RunName run,
    SubmitLine line,
    Path home,
    Path sparkHome) {

  Settings settings() {
    return useCase.settings();
  }

  Map<String, String> properties() {
    return line.properties();
  }

  Sizes sizes() {
    return Sizes.of(properties());
  }

  /** What follows the jar where the driver starts elsewhere. */
  List<String> stagedArguments(String stagedUseCase) {
    List<String> arguments = new ArrayList<>(List.of("run", stagedUseCase));
    arguments.addAll(List.of("--date", date.toString(), "--run-id", run.id()));
    steps.forEach(step -> arguments.addAll(List.of("--step", step)));
    return arguments;
  }

  /** The cluster's configuration, as the driver will see it. */
  Configuration hadoop() {
    return Hadoop.configuration(properties());
  }

  /**
   * Checks what is the same on every cluster.
   *
   * @throws Stop exit 2
   */
  void check() {
    Sizes sizes = sizes();
    sizes.check();
    for (Jobs.BoundJob<?> step : useCase.steps()) {
      int needed = step.slotsAtOnce();
      if (needed == 0) {
        continue;
      }
      if (Boolean.parseBoolean(properties().get("spark.dynamicAllocation.enabled"))) {
        throw Stop.usage(
            "%s needs %d task slots all at once, which dynamic allocation does not promise; set"
                + " spark.dynamicAllocation.enabled=false and spark.executor.instances",
            step.job().name(), needed);
      }
      if (needed > sizes.slots()) {
        throw Stop.usage(
            "%s needs %d task slots at once, and %d executors with %d cores and %d GPUs have %d;"
                + " raise spark.executor.instances or spark.executor.cores, or ask for fewer ranks",
            step.job().name(),
            needed,
            sizes.instances(),
            sizes.cores(),
            sizes.gpus(),
            sizes.slots());
      }
    }
  }

  /**
   * Sees that the root can be written from here, as it will be from there. A folder that is named
   * by {@code file:} is left to the driver: it may be mounted there alone.
   *
   * @throws Stop exit 2
   */
  void checkRoot() {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(settings().root().strip());
    String written = root.toUri().getScheme();
    String meant = written == null ? FileSystem.getDefaultUri(hadoop()).getScheme() : written;
    if (!"file".equals(meant)) {
      Root.open(settings().root(), hadoop());
    } else if (written == null) {
      throw Stop.usage(
          "root %s would be a folder on the disk of whichever machine the driver starts on; give"
              + " one that all machines see, such as hdfs:///data/millrace or"
              + " s3a://bucket/millrace, or file:///... for a disk that is mounted everywhere",
          settings().root());
    }
  }
}
