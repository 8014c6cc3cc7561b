package org.millrace.risk.choose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.millrace.eval.Metric;
import org.millrace.eval.ScoreHistogram;
import org.millrace.risk.calibrate.CalibrationFit;
import org.millrace.risk.calibrate.PlattCalibrator;
import org.millrace.risk.learn.Blend;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;

/**
 * One more candidate: the mean of the best learner of each kind. Of two classes each learner's raw
 * score is first brought to log-odds by a straight line, fitted to what it said of rows that it had
 * not seen (Platt 1999), so that all speak of the same shares as loudly as they are sure.
 */
final class Blending {
  private final CrossValidation validation;

  Blending(CrossValidation validation) {
    this.validation = validation;
  }

  /**
   * The blend of what was tried.
   *
   * @return empty where there are not two kinds of learners that know something, or several classes
   */
  Optional<Trial> of(List<Trial> trials, Examples examples) {
    List<Trial> best = bestOfEachKind(trials);
    if (examples.task() == Task.MULTICLASS || best.size() < 2) {
      return Optional.empty();
    }
    List<Trial> used = new ArrayList<>();
    List<PlattCalibrator> lines = new ArrayList<>();
    for (Trial trial : best) {
      PlattCalibrator line =
          examples.task() == Task.REGRESSION
              ? new PlattCalibrator(1, 0)
              : line(OutOfFold.told(examples, trial.byFold()), link(trial));
      if (line.slope() > 0) {
        used.add(trial);
        lines.add(line);
      }
    }
    return used.size() < 2 ? Optional.empty() : Optional.of(tryOut(used, lines, examples));
  }

  private List<Trial> bestOfEachKind(List<Trial> trials) {
    Map<String, List<Trial>> kinds = new LinkedHashMap<>();
    for (Trial trial : trials) {
      if (!Double.isNaN(trial.mean())) {
        kinds.computeIfAbsent(trial.learner().name(), name -> new ArrayList<>()).add(trial);
      }
    }
    return kinds.values().stream()
        .map(ofKind -> CrossValidation.best(ofKind, validation.metric()))
        .toList();
  }

  private static Link link(Trial trial) {
    return trial.byFold().values().iterator().next().link();
  }

  private static PlattCalibrator line(ScoreHistogram told, Link link) {
    List<ScoreHistogram.Bin> bins = told.bins();
    return CalibrationFit.line(
        bins.stream().mapToDouble(bin -> link.raw(bin.middle())).toArray(),
        bins.stream().mapToDouble(ScoreHistogram.Bin::without).toArray(),
        bins.stream().mapToDouble(ScoreHistogram.Bin::with).toArray());
  }

  private Trial tryOut(List<Trial> used, List<PlattCalibrator> lines, Examples examples) {
    List<Blend.Part> parts = new ArrayList<>();
    for (int p = 0; p < used.size(); p++) {
      parts.add(
          new Blend.Part(
              used.get(p).settled(),
              lines.get(p).slope() / used.size(),
              lines.get(p).intercept() / used.size()));
    }
    Blend blend = new Blend(parts);
    Map<Integer, Fitted> byFold = new TreeMap<>();
    List<Metric> metrics = new ArrayList<>();
    for (Round round : validation.rounds()) {
      int fold = round.validated();
      Fitted fitted =
          blend.of(examples.task(), used.stream().map(t -> t.byFold().get(fold)).toList());
      byFold.put(fold, fitted);
      metrics.add(validation.measure(examples, round, fitted));
    }
    return new Trial(blend, byFold, metrics);
  }
}
