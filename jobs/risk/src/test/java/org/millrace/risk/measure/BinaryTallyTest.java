package org.millrace.risk.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.eval.CalibrationBin;
import org.millrace.eval.Metric;
import org.millrace.risk.Reference;
import org.millrace.risk.model.Task;

class BinaryTallyTest {
  private static final JsonNode REFERENCE = Reference.of("calibration");

  private static BinaryTally tally(int from, int to) {
    BinaryTally tally = new BinaryTally(REFERENCE.get("threshold").asDouble());
    for (int i = from; i < to; i++) {
      double score = REFERENCE.get("score").get(i).asDouble();
      tally.add(REFERENCE.get("truth").get(i).asDouble(), new double[] {sigmoid(score)});
    }
    return tally;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void metricsAreThoseOfScikitLearn() {
    BinaryTally whole = tally(0, 200).merge(tally(200, 600));
    assertThat(whole.rows()).isEqualTo(600);
    List<String> binned = List.of("roc-auc", "gini", "average-precision", "ks");
    for (Metric metric : whole.metrics()) {
      assertThat(metric.value())
          .as(metric.name())
          .isCloseTo(
              REFERENCE.get("metrics").get(metric.name()).asDouble(),
              within(binned.contains(metric.name()) ? 3e-3 : 1e-9));
    }
    double[] meant = Reference.doubles(REFERENCE.get("calibration").get("meant"));
    double[] accurate = Reference.doubles(REFERENCE.get("calibration").get("accurate"));
    for (int b = 0; b < meant.length; b++) {
      CalibrationBin bin = whole.calibration().get(b);
      assertThat(bin.probability()).isCloseTo(meant[b], within(1e-9));
      assertThat(bin.accuracy()).isCloseTo(accurate[b], within(1e-9));
    }
  }

  /** A perfect order, a reversed one and none. */
  @Test
  void curvesOfPlantedOrders() {
    BinaryTally perfect = new BinaryTally(0.5);
    BinaryTally blind = new BinaryTally(0.5);
    for (int i = 0; i < 1000; i++) {
      perfect.add(i >= 900, i / 1000.0);
      blind.add(i >= 900, 0.1);
    }
    Curves sees = new Curves(perfect.scores());
    assertThat(sees.averagePrecision()).isCloseTo(1, within(0.02));
    assertThat(sees.kolmogorovSmirnov()).isCloseTo(1, within(0.02));
    assertThat(sees.lift(0.1)).isCloseTo(10, within(0.1));
    assertThat(sees.lift(1)).isCloseTo(1, within(1e-12));
    Curves none = new Curves(blind.scores());
    assertThat(none.averagePrecision()).isEqualTo(0.1);
    assertThat(none.kolmogorovSmirnov()).isZero();
    assertThat(none.lift(0.1)).isCloseTo(1, within(1e-12));
    assertThat(none.roc()).containsExactly(new Curves.Point(0, 0), new Curves.Point(1, 1));
  }

  @Test
  void curvesAreThinnedAndReachBothEnds() {
    BinaryTally tally = new BinaryTally(0.5);
    Random random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      double p = random.nextDouble();
      tally.add(random.nextDouble() < p, p);
    }
    List<Curves.Point> roc = new Curves(tally.scores()).roc();
    assertThat(roc).hasSizeLessThanOrEqualTo(201);
    assertThat(roc.get(0)).isEqualTo(new Curves.Point(0, 0));
    assertThat(roc.get(roc.size() - 1)).isEqualTo(new Curves.Point(1, 1));
  }

  @Test
  void everyTaskHasNames() {
    assertThat(TaskTally.names(Task.BINARY)).contains("roc-auc", "average-precision", "ece");
    assertThat(TaskTally.names(Task.MULTICLASS)).contains("log-loss", "accuracy");
    assertThat(TaskTally.names(Task.REGRESSION)).contains("rmse", "r2", "mape");
  }
}
