package org.millrace.risk;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.types.StructType;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.drift.ColumnDrift;
import org.millrace.risk.drift.DriftConfig;
import org.millrace.risk.drift.DriftReport;
import org.millrace.risk.drift.Watch;

/** Holds the rows of a table, and what a model says of them, against the model's baseline. */
final class DriftCheck {
  private static final int TOLD = 3;

  private final DriftConfig config;
  private final ModelVersion version;
  private final Watch features;
  private final Watch scores;

  /**
   * Makes ready to count rows as they flow by.
   *
   * @param table schema of the rows that are scored
   * @param scored schema of the scores
   */
  DriftCheck(
      SparkContext spark,
      DriftConfig config,
      ModelVersion version,
      Baseline baseline,
      StructType table,
      StructType scored) {
    this.config = config;
    this.version = version;
    this.features = new Watch(spark, baseline.features(), table);
    this.scores = new Watch(spark, baseline.scores(), scored);
  }

  /** Counts rows of the table. */
  Watch features() {
    return features;
  }

  /** Counts scores. */
  Watch scores() {
    return scores;
  }

  /**
   * Tells what was counted, once the rows have been consumed.
   *
   * @param distributions charts of single columns at the most
   */
  void tell(Run run, int distributions) {
    new DriftReport(run.report(), config).tell(drifts(), scores.drifts(), distributions);
    if (config.action() == DriftConfig.Action.WARN) {
      for (String finding : findings()) {
        run.report().warn(finding);
        run.progress("drift: " + finding);
      }
    }
  }

  /**
   * Refuses the table where the use case wants that.
   *
   * @param outcome what came of it, such as {@code nothing was published}
   * @param key of the action
   * @throws Stop exit 3
   */
  void enforce(String outcome, String key) {
    List<String> findings = findings();
    if (config.action() == DriftConfig.Action.REFUSE && !findings.isEmpty()) {
      String more =
          findings.size() > TOLD ? "; and %d more columns".formatted(findings.size() - TOLD) : "";
      throw Stop.contract(
          "the table has drifted from what model %s was trained on: %s%s; %s: look at the report, mend the table or"
              + " train on newer rows, or set %s = warn",
          version.version(),
          String.join("; ", findings.subList(0, Math.min(TOLD, findings.size()))),
          more,
          outcome,
          key);
    }
  }

  private List<ColumnDrift> drifts() {
    return Stream.concat(features.drifts().stream(), scores.drifts().stream()).toList();
  }

  private List<String> findings() {
    return DriftReport.farthestFirst(drifts()).stream()
        .flatMap(drift -> config.finding(drift).stream())
        .toList();
  }
}
