package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;
import org.millrace.deep.train.TrainingPlan;
import org.millrace.testing.ReferenceDocs;

class JobConfigurationTest {
  private static final String BASE =
      """
      examples { path = a.parquet, contract = a.v1 }
      inputs = [{ name = image, input.image { height = 10, width = 10, channels = 1 } }]
      network { kind = layers, layers.list = [{ kind = dense, dense { units = 4 } }] }
      """;

  private static final Map<String, String> WINDOWS =
      Map.of(
          "windows.known", "[price]",
          "windows.step", "2 hours",
          "windows.history", "5",
          "windows.horizon", "3");

  private static TrainConfig train(String more) {
    return bind(BASE + more);
  }

  private static TrainConfig bind(String keys) {
    Config written = ConfigFactory.parseString("deep.train {\n" + keys + "\n}").resolve();
    Problems problems = new Problems();
    Optional<TrainConfig> bound =
        new Binder(problems)
            .bind(TrainConfig.class, "deep.train", new Layers(written, Layers.defaults()));
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  @Test
  void everyKeyIsDocumented() {
    ReferenceDocs.of(new Train()).assertDocumented();
    ReferenceDocs.of(new Score()).assertDocumented();
    ReferenceDocs.of(new Evaluate()).assertDocumented();
  }

  @Test
  void everyKeyOfScoringAndMeasuringCounts() {
    String base =
        "examples { path = a.parquet, contract = a.v1 }, windows { step = 1 hour, history = 4, horizon = 2 }";
    var score = new java.util.TreeMap<>(WINDOWS);
    score.put("keep", "[id]");
    ReferenceDocs.of(new Score()).assertEachKeyCounts(base, score);
    ReferenceDocs.of(new Evaluate()).assertEachKeyCounts(base, WINDOWS);
  }

  /** How training goes, by itself: shapes of inputs and layers bind what stands beside it. */
  record Going(TrainingPlan training, Baseline baseline) {}

  @Test
  void everyKeyOfTheTrainingPlanCounts() {
    Config train = Layers.defaults().getConfig("deep.train");
    ReferenceDocs.of(
            Going.class,
            "going",
            train.atPath("going").withOnlyPath("going").withoutPath("going.examples"))
        .assertEachKeyCounts("", Map.of());
  }

  @Test
  void everyOtherKeyOfTrainingCounts() {
    TrainConfig base = train("");
    for (String other :
        new String[] {
          "loss = mae",
          "ranks = 2",
          "batch-size = 63",
          "augmentation.flip = true",
          "validation.kind = fraction",
          "holdout.fraction.share = 0.3",
          "keys = [id]",
          "time = at",
          "seed = 43",
          "strategy = parameter-averaging, training.averaging.kind = parameters",
          "gate { metric = f1, at-least = 0.5 }",
          "label.classes.column = kind",
          "optimization.l2 = 0.01",
          "network.layers.list = [{ kind = dense, dense { units = 5 } }]",
          "windows { step = 1 hour, history = 4, horizon = 2 }"
        }) {
      assertThat(train(other)).as(other).isNotEqualTo(base);
    }
    assertThat(train("")).isEqualTo(base);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("ranks = 0", "ranks is '0'; accepted: 1..4096");
    refused("batch-size = 0", "batch-size is '0'");
    refused(
        "gate { metric = rmse, at-least = 1 }",
        "gate.metric is 'rmse'; accepted: one of accuracy, precision");
    refused("holdout.kind = by-time", "holdout.kind goes by time");
    refused("training.stopping.kind = early", "early stopping without validation rows");
    refused("strategy = parameter-averaging", "training.averaging { kind = parameters }");
    refused("optimization.precision = half", "precision = float");
    refused(
        "network { kind = definition, layers = null, definition.name = nosuch }", "image-and-text");
    refused(
        "network.layers.list = [{ kind = lstm, lstm { units = 4 } }]",
        "layer 1 (lstm) cannot take image 10 x 10 x 1; it needs a sequence");
    refused(
        "network.layers.list = [{ kind = convolution }]",
        "network.layers.list[0].kind is \"convolution\"; accepted: conv, pool");
  }

  private static void refused(String more, String sentence) {
    assertThatThrownBy(() -> train(more)).hasMessageContaining(sentence);
  }
}
