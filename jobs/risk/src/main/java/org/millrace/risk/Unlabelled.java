package org.millrace.risk;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.model.Gate;
import org.millrace.risk.balance.Balance;
import org.millrace.risk.calibrate.CalibrationConfig;
import org.millrace.risk.decide.DecisionConfig;
import org.millrace.risk.features.FeaturesConfig;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.learn.LearnerGrid;
import org.millrace.risk.model.Task;

/** Refuses what has no meaning where the table has no labels. */
final class Unlabelled {
  private static final String WITHOUT =
      ", since without label.column there is nothing to measure by";

  private Unlabelled() {}

  static void require(
      FeaturesConfig features,
      Optional<List<LearnerGrid>> candidates,
      Optional<String> metric,
      Balance balance,
      CalibrationConfig calibration,
      DecisionConfig decision,
      List<String> groups,
      boolean refit,
      Optional<Gate> gate) {
    List<Learner> learners =
        candidates.stream()
            .flatMap(List::stream)
            .flatMap(grid -> grid.learners().stream())
            .toList();
    Check.that(
        learners.size() == 1 && learners.get(0).learns(Task.ANOMALY),
        "label.column",
        "absent",
        "the name of the column with the label; only candidates of a single isolation-forest learn without one");
    Check.that(
        features.targetSmoothing().isEmpty(),
        "features.target-smoothing",
        features.targetSmoothing(),
        "nothing" + WITHOUT);
    Check.that(metric.isEmpty(), "metric", metric.orElse(""), "nothing" + WITHOUT);
    Check.that(balance instanceof Balance.None, "balance.kind", "for classes", "none" + WITHOUT);
    Check.that(
        calibration instanceof CalibrationConfig.Auto
            || calibration instanceof CalibrationConfig.None,
        "calibration.kind",
        "for probabilities",
        "auto or none" + WITHOUT);
    Check.that(
        decision instanceof DecisionConfig.None
            || decision instanceof DecisionConfig.Fixed
            || decision instanceof DecisionConfig.Capacity,
        "decision.kind",
        "for labels",
        "none, fixed or capacity" + WITHOUT);
    Check.that(groups.isEmpty(), "groups", groups, "none" + WITHOUT);
    Check.that(!refit, "refit", refit, "false" + WITHOUT);
    Check.that(gate.isEmpty(), "gate", "a metric", "none" + WITHOUT);
  }
}
