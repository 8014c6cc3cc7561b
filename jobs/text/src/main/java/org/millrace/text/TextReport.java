package org.millrace.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Metric;
import org.millrace.job.JobRecorder;
import org.millrace.language.FittedVectors.WeightedTerm;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.ClassTable;
import org.millrace.report.RunReport.FactTable;
import org.millrace.text.classify.Candidate;
import org.millrace.text.classify.CrossValidation.Trial;
import org.millrace.text.classify.LinearClassifier;

/** What a training tells of itself. */
final class TextReport {
  private static final int CLASSES_SHOWN = 40;
  private static final int TERMS_SHOWN = 12;

  private TextReport() {}

  /**
   * Tells the trials and the quality, and returns the metrics beside those of who always says the
   * same.
   */
  static List<MeasuredMetric> tell(
      JobRecorder report,
      TextTrainConfig c,
      List<Trial> trials,
      Candidate best,
      ClassificationTally tally,
      ClassificationTally naive,
      TextModel model) {
    report.table(candidates(trials, best, c.metric()));
    report.table(ClassTable.of(tally, model.classes()));
    if (model.classes().size() <= CLASSES_SHOWN) {
      report.chart(confusion(tally, model.classes()));
      terms(model, report);
    }
    List<Metric> baseline = naive.metrics();
    List<MeasuredMetric> metrics = new ArrayList<>();
    for (Metric metric : tally.metrics()) {
      MeasuredMetric measured =
          MeasuredMetric.of(
              metric, Map.of("most frequent class", baseline.get(metrics.size()).value()));
      metrics.add(measured);
      report.metric(metric, measured.baselines());
    }
    return metrics;
  }

  private static FactTable candidates(List<Trial> trials, Candidate best, String metric) {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials) {
      rows.add(
          List.of(
              trial.candidate().learner().describe(),
              trial.candidate().vectors().describe(),
              "%.4f".formatted(trial.metric(metric).value()),
              trial.candidate().equals(best) ? "chosen" : ""));
    }
    return new FactTable(
        "Candidates by cross-validation", List.of("learner", "vectors", metric, ""), rows);
  }

  private static Chart confusion(ClassificationTally tally, List<String> names) {
    List<Series> rows = new ArrayList<>();
    for (int truth = 0; truth < names.size(); truth++) {
      List<Double> counts = new ArrayList<>();
      for (int said = 0; said < names.size(); said++) {
        counts.add((double) tally.confused(truth, said));
      }
      rows.add(new Series(names.get(truth), List.of(), counts));
    }
    return Chart.heatMap("Confusion", "said to be", "is", names, rows);
  }

  /** The terms that speak most for each class. */
  private static void terms(TextModel model, JobRecorder report) {
    List<WeightedTerm> terms = model.vectors().terms();
    if (terms.isEmpty() || !(model.classifier() instanceof LinearClassifier linear)) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    int size = linear.size();
    for (int i = 0; i < model.classes().size(); i++) {
      int own = i;
      Comparator<Integer> bySupport =
          Comparator.comparingDouble(place -> -support(linear, own, place, size));
      rows.add(
          List.of(
              model.classes().get(i),
              IntStream.range(0, terms.size())
                  .boxed()
                  .sorted(bySupport)
                  .limit(TERMS_SHOWN)
                  .map(place -> terms.get(place).term())
                  .collect(Collectors.joining(", "))));
    }
    report.table(new FactTable("Terms that speak for a class", List.of("class", "terms"), rows));
  }

  /** A class's weight above the mean of all classes. */
  private static double support(LinearClassifier linear, int own, int place, int size) {
    double mean = 0;
    for (int i = 0; i < linear.classes(); i++) {
      mean += linear.weights()[i * size + place] / linear.classes();
    }
    return linear.weights()[own * size + place] - mean;
  }

  static ModelDescription description(Candidate best, List<String> classes, TextTrainConfig c) {
    return new ModelDescription(
        "Tells the class of a text (column %s): one of %d, %s."
            .formatted(
                c.text(),
                classes.size(),
                classes.stream().limit(CLASSES_SHOWN).collect(Collectors.joining(", "))),
        "%s, chosen among %d candidates by %s in %d folds."
            .formatted(best.describe(), c.candidates().size(), c.metric(), c.folds()),
        "Texts of the kind that it was trained on, by text.score.",
        List.of(
            "Words that it has not met count for nothing.",
            "What a text says of people is not what they are: it tells classes of texts."));
  }
}
