package org.millrace.risk.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.risk.model.BlendPredictor;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;
import org.millrace.risk.model.Task;

/**
 * A weighted sum of what several learners say: of log-odds for two classes, of values for a
 * regression. Learners of different kinds err in different rows, so that their mean mostly errs
 * less. (Wolpert, Stacked generalization, Neural Networks 5, 1992; with weights that are not learnt
 * together, since a few rows cannot tell them.)
 */
public record Blend(List<Part> parts) implements Learner {

  /**
   * A learner and the straight line that brings its raw score to its part of the sum.
   *
   * @param slope above 0
   */
  public record Part(Learner learner, double slope, double intercept) {}

  public Blend {
    parts = List.copyOf(parts);
  }

  @Override
  public String name() {
    return "blend";
  }

  @Override
  public String parameters() {
    return parts.stream()
        .map(part -> String.format(Locale.ROOT, "%.3g x %s", part.slope(), part.learner().name()))
        .collect(Collectors.joining(" + "));
  }

  @Override
  public boolean learns(Task task) {
    return task != Task.MULTICLASS && parts.stream().allMatch(part -> part.learner().learns(task));
  }

  @Override
  public boolean knowsShares() {
    return true;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    return of(
        rows.task(),
        parts.stream().map(part -> part.learner().fit(rows, validation, seed)).toList());
  }

  /**
   * It, of what its learners have learnt.
   *
   * @param fitted one a part, in their order
   */
  public Fitted of(Task task, List<Fitted> fitted) {
    List<Predictor> predictors = new ArrayList<>();
    double[] slopes = new double[parts.size()];
    double intercept = 0;
    Map<String, byte[]> files = new TreeMap<>();
    for (int p = 0; p < slopes.length; p++) {
      predictors.add(fitted.get(p).predictor());
      files.putAll(fitted.get(p).files());
      slopes[p] = parts.get(p).slope();
      intercept += parts.get(p).intercept();
    }
    return new Fitted(
        new BlendPredictor(predictors, slopes, intercept),
        task == Task.BINARY ? Link.LOGISTIC : Link.IDENTITY,
        0,
        "The sum of %s, of which the first is %s"
            .formatted(
                parameters(),
                fitted.stream().map(Fitted::description).collect(Collectors.joining(" Then: "))),
        files);
  }
}
