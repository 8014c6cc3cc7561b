package org.millrace.risk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ScoreHistogram;
import org.millrace.outcome.Stop;
import org.millrace.risk.balance.Balance;
import org.millrace.risk.calibrate.Calibration;
import org.millrace.risk.calibrate.CalibrationFit;
import org.millrace.risk.choose.Judge;
import org.millrace.risk.choose.OutOfFold;
import org.millrace.risk.choose.Trial;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.decide.DecisionConfig;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.Task;
import org.millrace.risk.time.Target;
import scala.collection.Seq;

/**
 * What is done to the probabilities of a model, found on training rows by models that had not seen
 * them.
 */
record Tuning(Optional<Calibration> calibration, Optional<Decision> decision) {

  /**
   * Fits the calibration, and then the threshold on calibrated probabilities.
   *
   * @param correction of the prior, which comes before both
   */
  static Tuning fit(
      Trial chosen, Examples examples, Optional<? extends Adjustment> correction, TrainConfig c) {
    if (examples.task() == Task.REGRESSION) {
      return new Tuning(Optional.empty(), Optional.empty());
    }
    boolean binary = examples.task() == Task.BINARY;
    Dataset<Row> told = OutOfFold.score(examples, chosen.byFold());
    List<Adjustment> adjustments = new ArrayList<>();
    correction.ifPresent(adjustments::add);
    Optional<Calibration> calibration =
        CalibrationFit.fit(
            histograms(told, binary ? 1 : examples.classes(), adjustments), c.calibration());
    calibration.ifPresent(adjustments::add);
    if (!binary) {
      return new Tuning(calibration, Optional.empty());
    }
    Optional<Decision> decision = c.decision().fit(histograms(told, 1, adjustments).get(0));
    return new Tuning(calibration, decision);
  }

  /** Of each class what was told of it, beside whether it was the true one. */
  private static List<ScoreHistogram> histograms(
      Dataset<Row> told, int classes, List<Adjustment> adjustments) {
    Adjustment[] each = adjustments.toArray(Adjustment[]::new);
    JavaRDD<Row> rows = told.select(Examples.LABEL, Judge.SAID).javaRDD();
    ArrayList<ScoreHistogram> empty = new ArrayList<>();
    Collections.addAll(empty, new ScoreHistogram[classes]);
    empty.replaceAll(none -> new ScoreHistogram());
    return rows.treeAggregate(empty, (tallies, row) -> add(tallies, row, each), Tuning::merge);
  }

  private static ArrayList<ScoreHistogram> add(
      ArrayList<ScoreHistogram> tallies, Row row, Adjustment[] adjustments) {
    Seq<Object> said = row.getAs(1);
    double[] probabilities = new double[tallies.size()];
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = (Double) said.apply(c);
    }
    for (Adjustment adjustment : adjustments) {
      adjustment.adjust(probabilities);
    }
    int truth = (int) row.getDouble(0);
    for (int c = 0; c < probabilities.length; c++) {
      tallies.get(c).add(probabilities[c], probabilities.length == 1 ? truth == 1 : truth == c);
    }
    return tallies;
  }

  private static ArrayList<ScoreHistogram> merge(
      ArrayList<ScoreHistogram> tallies, ArrayList<ScoreHistogram> others) {
    for (int c = 0; c < tallies.size(); c++) {
      tallies.get(c).merge(others.get(c));
    }
    return tallies;
  }

  /** Refuses what the task that the labels make has no use for. */
  static void requireSuited(Task task, TrainConfig c) {
    if (task != Task.BINARY && !(c.decision() instanceof DecisionConfig.None)) {
      throw Stop.usage(
          "risk.train.decision asks for a threshold, and label column %s makes a task of another kind than binary; set"
              + " decision.kind = none",
          c.label().name());
    }
    requireGroupsSuited(task, c.groups());
    boolean compared = c.timeSeries().map(s -> s.target() != Target.VALUE).orElse(false);
    if (task != Task.REGRESSION && compared) {
      throw Stop.usage(
          "risk.train.time-series.target is %s, and label column %s makes classes, which have no such thing; set"
              + " target = value",
          c.timeSeries().get().target().name().toLowerCase(Locale.ROOT), c.label().name());
    }
    if (task == Task.REGRESSION && !(c.balance() instanceof Balance.None)) {
      throw Stop.usage(
          "risk.train.balance asks for balanced classes, and label column %s is a number; set balance.kind = none",
          c.label().name());
    }
  }

  /** Groups are compared by rates of selection, or by errors: several classes have neither. */
  static void requireGroupsSuited(Task task, List<String> groups) {
    if (task == Task.MULTICLASS && !groups.isEmpty()) {
      throw Stop.usage(
          "groups names %s, and models of several classes are not measured by group; set groups = []",
          String.join(", ", groups));
    }
  }
}
