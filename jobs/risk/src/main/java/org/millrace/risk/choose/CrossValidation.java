package org.millrace.risk.choose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.risk.balance.Balance;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.Learner;

/**
 * Tries learners on folds of the training rows.
 *
 * @param balance what is done to rows before they are learnt from, and to no others
 * @param metric that is chosen by
 */
public record CrossValidation(List<Round> rounds, Balance balance, String metric, long seed) {

  /** Fits and measures a learner in every round. */
  public Trial tryOut(Learner learner, Examples examples) {
    Map<Integer, Fitted> byFold = new TreeMap<>();
    List<Metric> metrics = new ArrayList<>();
    for (Round round : rounds) {
      Examples learnt = examples.with(rows -> rows.filter(round.learnt()));
      requireRows(learnt, round);
      Examples predicted = predicted(examples, round);
      Fitted fitted =
          balance.learn(learnt, seed, rows -> learner.fit(rows, Optional.of(predicted), seed));
      byFold.put(round.validated(), fitted.withoutFiles());
      metrics.add(measure(examples, round, fitted));
    }
    return new Trial(learner, byFold, metrics);
  }

  private static void requireRows(Examples earlier, Round round) {
    if (round.onlyEarlier() && earlier.rows().isEmpty()) {
      throw Stop.contract(
          "no row of the training table has a label that is known before fold %d of choose begins; give"
              + " more rows, take fewer folds, or a shorter time-series.horizon",
          round.validated());
    }
  }

  /** The mean of the best learner of each kind, as one more candidate. */
  public Optional<Trial> blend(List<Trial> trials, Examples examples) {
    return new Blending(this).of(trials, examples);
  }

  private static Examples predicted(Examples examples, Round round) {
    return examples.with(rows -> rows.filter(round.predicted()));
  }

  /** The metric of a round's fit on the rows that it did not see. */
  Metric measure(Examples examples, Round round, Fitted fitted) {
    Dataset<Row> scored =
        OutOfFold.score(predicted(examples, round), Map.of(round.validated(), fitted));
    return metric(Judge.measure(scored, examples.task(), Math.max(2, examples.classes())));
  }

  private Metric metric(List<Metric> all) {
    return all.stream()
        .filter(m -> m.name().equals(metric))
        .findFirst()
        .orElseThrow(
            () ->
                Stop.usage(
                    "metric %s is not measured for this task; accepted: %s",
                    metric, String.join(", ", all.stream().map(Metric::name).toList())));
  }

  /** The best by the mean of the metric; of equals the first. */
  public static Trial best(List<Trial> trials, String metric) {
    return trials.stream()
        .filter(t -> !Double.isNaN(t.mean()))
        .max(
            Comparator.comparingDouble(Trial::gain)
                .thenComparing(trials::indexOf, Comparator.reverseOrder()))
        .orElseThrow(
            () ->
                Stop.contract(
                    "no candidate can be judged by %s: each fold has rows of one class only; give more rows,"
                        + " take fewer folds in choose, or another metric",
                    metric));
  }

  /** For people. */
  public static FactTable table(List<Trial> trials, Trial best, String metric) {
    return new FactTable(
        "Trials, measured on folds of the training rows that each did not see",
        List.of("learner", "parameters", metric, "deviation", ""),
        trials.stream()
            .map(
                t ->
                    List.of(
                        t.learner().name(),
                        t.settled().parameters(),
                        "%.5f".formatted(t.mean()),
                        "%.5f".formatted(t.deviation()),
                        t.learner().equals(best.learner()) ? "chosen" : ""))
            .toList());
  }
}
