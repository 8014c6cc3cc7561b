package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;
import org.millrace.testing.ReferenceDocs;

class JobConfigurationTest {
  private static final String BASE =
      """
      examples { path = a.parquet, contract = a.v1 }
      label { column = bad, positive = "1" }
      """;

  @Test
  void everyKeyIsDocumented() {
    ReferenceDocs.of(new Train()).assertDocumented();
    ReferenceDocs.of(new Score()).assertDocumented();
    ReferenceDocs.of(new Evaluate()).assertDocumented();
    ReferenceDocs.of(new Drift()).assertDocumented();
  }

  @Test
  void everyKeyOfScoringCounts() {
    ReferenceDocs.of(new Score())
        .assertEachKeyCounts("examples { path = a.parquet, contract = a.v1 }", Map.of());
  }

  @Test
  void everyKeyOfMeasuringCounts() {
    ReferenceDocs.of(new Evaluate())
        .assertEachKeyCounts("examples { path = a.parquet, contract = a.v1 }", Map.of());
  }

  @Test
  void everyKeyOfDriftCounts() {
    ReferenceDocs.of(new Drift())
        .assertEachKeyCounts(
            "examples { path = a.parquet, contract = a.v1 }, table = loan-drift", Map.of());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("candidates = []", "a list of one learner or more");
    refused("candidates = [{ kind = linear-regression }]", "a learner for the task binary");
    refused(
        "candidates = [{ logistic-regression.elastic-net = [2], kind = logistic-regression }]",
        "elastic-net is '2.0'; accepted: 0 to 1");
    refused(
        "candidates = [{ logistic-regression.regularization = [], kind = logistic-regression }]",
        "a list of one value or more");
    refused("holdout.kind = by-time", "holdout.kind goes by time");
    refused("metric = rmse", "metric is 'rmse'; accepted: accuracy");
    refused("label.task = regression", "only a binary task has a positive class");
    refused("features.kinds { age = colour }", "for each column one of numeric, boolean");
    refused("features.one-hot-levels = 1", "2 to 1000");
    refused("choose.random.folds = 1", "2 to 100");
    refused("choose { kind = split, split.share = 1 }", "between 0 and 1");
  }

  @Test
  void withoutLabelsOnlyWhatNeedsNoneIsTaken() {
    String forest =
        "label { column = null, positive = null }\ncandidates = [{ kind = isolation-forest }]\n";
    assertThat(bind(BASE + forest).label().column()).isEmpty();
    assertThat(bind(BASE + forest + "decision.kind = capacity")).isNotNull();
    refused(
        "label { column = null, positive = null }", "only candidates of a single isolation-forest");
    refused("label.column = null", "the name of the column with the label");
    refused(
        forest + "candidates = [{ kind = isolation-forest, isolation-forest.rows = [64, 128] }]",
        "a single isolation-forest");
    for (String needs :
        List.of(
            "metric = roc-auc",
            "balance.kind = smote",
            "calibration.kind = platt",
            "decision.kind = cost",
            "groups = [region]",
            "refit = true",
            "features.target-smoothing = 10",
            "gate { metric = roc-auc, at-least = 0.7 }")) {
      refused(forest + needs, "without label.column there is nothing to measure by");
    }
  }

  private static void refused(String more, String sentence) {
    assertThatThrownBy(() -> bind(BASE + more)).hasMessageContaining(sentence);
  }

  private static TrainConfig bind(String keys) {
    Config written = ConfigFactory.parseString("risk.train {\n" + keys + "\n}").resolve();
    Problems problems = new Problems();
    Optional<TrainConfig> bound =
        new Binder(problems)
            .bind(TrainConfig.class, "risk.train", new Layers(written, Layers.defaults()));
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  @Test
  void everyKeyOfTrainingCounts() {
    TrainConfig base = bind(BASE);
    for (String other :
        new String[] {
          "label.column = good",
          "label.positive = \"2\"",
          "label.task = binary",
          "features.exclude = [age]",
          "features.kinds { age = categorical }",
          "features.one-hot-levels = 21",
          "features.rare-rows = 6",
          "features.hash-buckets = 17",
          "features.target-smoothing = 10",
          "features.text-buckets = 257",
          "candidates = [{ kind = gradient-boosting }]",
          "choose.random.folds = 6",
          "choose { kind = split, split.share = 0.3 }",
          "blend = false",
          "metric = log-loss",
          "keys = [customer]",
          "time = at",
          "calibration.kind = platt",
          "decision.kind = capacity",
          "groups = [region]",
          "holdout.fraction.share = 0.3",
          "refit = true",
          "seed = 43",
          "gate { metric = roc-auc, at-least = 0.7 }"
        }) {
      assertThat(bind(BASE + other)).as(other).isNotEqualTo(base);
    }
    assertThat(bind(BASE)).isEqualTo(base);
  }

  @Test
  void everyKeyOfALinearLearnerCounts() {
    for (String kind : List.of("logistic-regression", "linear-svm")) {
      TrainConfig base = bind(BASE + "candidates = [{ kind = %s }]".formatted(kind));
      for (String other : List.of("regularization = [0.5]", "iterations = 7")) {
        String changed = "candidates = [{ kind = %s, %s { %s } }]".formatted(kind, kind, other);
        assertThat(bind(BASE + changed)).as(changed).isNotEqualTo(base);
      }
    }
  }
}
