package org.millrace.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.risk.balance.Balance;
import org.millrace.risk.calibrate.CalibrationConfig;
import org.millrace.risk.choose.Folds;
import org.millrace.risk.choose.Judge;
import org.millrace.risk.decide.DecisionConfig;
import org.millrace.risk.features.FeaturesConfig;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.learn.LearnerGrid;
import org.millrace.risk.model.Task;
import org.millrace.risk.time.TimeOptions;
import org.millrace.table.TableRef;

/**
 * The keys of {@link Train}; defaults and meanings are in {@code reference.conf}.
 *
 * @param candidates learners to choose among; absent for the usual one of the task
 * @param blend whether the mean of the best learner of each kind is one more candidate
 * @param metric that is chosen by
 * @param keys columns by which rows are held out together; empty for the contract's key
 * @param time column that a holdout by time goes by
 * @param timeSeries how rows of time series get their history; absent where rows stand for
 *     themselves
 * @param groups columns by whose values it is measured too
 * @param refit whether the published model learns from the held-out rows too, once it was measured
 */
public record TrainConfig(
    TableRef examples,
    LabelConfig label,
    FeaturesConfig features,
    Optional<List<LearnerGrid>> candidates,
    boolean blend,
    Folds choose,
    Optional<String> metric,
    List<String> keys,
    Optional<String> time,
    Optional<TimeOptions> timeSeries,
    Balance balance,
    CalibrationConfig calibration,
    DecisionConfig decision,
    List<String> groups,
    Holdout holdout,
    boolean refit,
    long seed,
    Optional<Gate> gate) {

  public TrainConfig {
    boolean needsTime = holdout instanceof Holdout.ByTime || holdout instanceof Holdout.LastN;
    Check.that(
        !needsTime || time.isPresent(),
        "time",
        "absent",
        "the name of a column that orders the rows, since holdout.kind goes by time");
    Check.that(
        candidates.isEmpty() || !candidates.get().isEmpty(),
        "candidates",
        candidates,
        "a list of one learner or more");
    Check.that(
        timeSeries.isEmpty() || label.column().isPresent(),
        "time-series",
        "given",
        "nothing without label.column, since it tells a label to come");
    if (label.column().isEmpty()) {
      Unlabelled.require(
          features, candidates, metric, balance, calibration, decision, groups, refit, gate);
    }
    timeSeries.ifPresent(series -> requireForward(series, choose, holdout, time));
    Check.that(
        timeSeries.isEmpty() || features.targetSmoothing().isEmpty(),
        "features.target-smoothing",
        features.targetSmoothing(),
        "null with time-series, since labels of earlier rows may not be known yet");
    label
        .told()
        .ifPresent(
            task -> {
              requireLearners(task, candidates);
              metric.ifPresent(m -> requireMetric(task, "metric", m));
              Check.that(
                  task == Task.BINARY || decision instanceof DecisionConfig.None,
                  "decision.kind",
                  "a threshold",
                  "none, since only a binary task has a probability to select rows by");
              Check.that(
                  task != Task.REGRESSION || balance instanceof Balance.None,
                  "balance.kind",
                  "for classes",
                  "none, since a regression has no classes");
            });
    keys = List.copyOf(keys);
    groups = List.copyOf(groups);
  }

  /** Rows that are learnt from may not tell what comes after those that are predicted. */
  private static void requireForward(
      TimeOptions series, Folds choose, Holdout holdout, Optional<String> time) {
    Check.that(
        choose instanceof Folds.TimeOrdered forward && forward.column().equals(series.column()),
        "choose",
        choose.describe(),
        "{ kind = time-ordered, time-ordered.column = %s }, since time-series looks at what was before"
            .formatted(series.column()));
    Check.that(
        holdout instanceof Holdout.ByTime && time.equals(Optional.of(series.column())),
        "holdout",
        holdout.describe(),
        "by-time, with time = %s, since time-series looks at what was before"
            .formatted(series.column()));
  }

  private static void requireLearners(Task task, Optional<List<LearnerGrid>> candidates) {
    candidates.stream()
        .flatMap(List::stream)
        .flatMap(grid -> grid.learners().stream())
        .forEach(
            learner ->
                Check.that(
                    learner.learns(task),
                    "candidates",
                    learner.name(),
                    "a learner for the task " + task.name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static void requireMetric(Task task, String key, String metric) {
    Check.that(
        Judge.names(task).contains(metric), key, metric, String.join(", ", Judge.names(task)));
  }

  /** What is tried for a task and a number of rows to learn from. */
  List<Learner> learners(Task task, long rows) {
    return candidates
        .map(grids -> grids.stream().flatMap(grid -> grid.learners().stream()).toList())
        .orElseGet(() -> LearnerGrid.usual(task, rows));
  }

  String chosenBy(Task task) {
    return metric.orElseGet(() -> Judge.usual(task));
  }

  /** The columns that the table must have. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(label.column().stream().toList());
    columns.addAll(keys);
    columns.addAll(groups);
    columns.addAll(choose.named());
    time.ifPresent(columns::add);
    timeSeries.ifPresent(series -> columns.addAll(series.named()));
    Stream.concat(features.exclude().stream(), features.kinds().keySet().stream())
        .forEach(columns::add);
    return columns.stream().distinct().toList();
  }
}
