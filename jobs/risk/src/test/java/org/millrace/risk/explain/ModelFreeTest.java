package org.millrace.risk.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.LinearPredictor;
import org.millrace.risk.model.Predictor;
import org.millrace.risk.trees.RandomRows;

/** Explanations that know nothing of a predictor but what it says, and of weighted sums. */
class ModelFreeTest {
  private static final int WIDTH = RandomRows.WIDTH;
  private static final float[][] ROWS = RandomRows.rows(20, 5);
  private static final Background BACKGROUND = new Background(RandomRows.rows(16, 6));

  /** {@code 2 a + b c}, where what is missing is 1. */
  private static final class Product implements Predictor {
    private static final long serialVersionUID = 1L;

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public void raw(float[] row, double[] raw) {
      raw[0] = 2 * value(row[0]) + value(row[1]) * value(row[2]);
    }

    static double value(float x) {
      return Float.isNaN(x) ? 1 : x;
    }
  }

  @Test
  void sampledShapleyValuesAreThoseOfTheFormula() {
    SampledShapley shapley = new SampledShapley(new Product(), BACKGROUND, 2, 1);
    double[][] ours = new double[ROWS.length][WIDTH];
    shapley.explain(ROWS, ROWS.length, 0, ours);
    for (int r = 0; r < ROWS.length; r++) {
      double a = 0;
      double b = 0;
      double[] x = values(ROWS[r]);
      for (float[] other : BACKGROUND.rows()) {
        double[] z = values(other);
        a += 2 * (x[0] - z[0]) / BACKGROUND.rows().length;
        // Of two orders, b comes before c in one: an order and its reverse are both of them.
        b += (x[1] - z[1]) * (x[2] + z[2]) / 2 / BACKGROUND.rows().length;
      }
      assertThat(ours[r][0]).isCloseTo(a, within(1e-9));
      assertThat(ours[r][1]).isCloseTo(b, within(1e-9));
      assertThat(ours[r][3]).isZero();
      assertThat(shapley.expected(0) + sum(ours[r]))
          .isCloseTo(2 * x[0] + x[1] * x[2], within(1e-9));
    }
  }

  @Test
  void sampledShapleyValuesAddUpForAnyNumberOfOrders() {
    Predictor rough =
        new Predictor() {
          private static final long serialVersionUID = 1L;

          @Override
          public int outputs() {
            return 1;
          }

          @Override
          public void raw(float[] row, double[] raw) {
            double product = 1;
            for (float x : row) {
              product *= 1 + Product.value(x) / 2;
            }
            raw[0] = Math.sin(product);
          }
        };
    SampledShapley shapley = new SampledShapley(rough, BACKGROUND, 1, 1);
    double[][] ours = new double[ROWS.length][WIDTH];
    shapley.explain(ROWS, ROWS.length, 0, ours);
    double[] raw = new double[1];
    for (int r = 0; r < ROWS.length; r++) {
      rough.raw(ROWS[r], raw);
      assertThat(shapley.expected(0) + sum(ours[r])).isCloseTo(raw[0], within(1e-9));
    }
    double[][] again = new double[ROWS.length][WIDTH];
    new SampledShapley(rough, BACKGROUND, 1, 1).explain(ROWS, ROWS.length, 0, again);
    assertThat(again).isDeepEqualTo(ours);
  }

  /** Against the mean of a background, what a weight contributes is its distance from the mean. */
  @Test
  void limeFindsTheWeightsOfAWeightedSum() {
    Predictor sum =
        new LinearPredictor(
            new double[] {1},
            new double[][] {{3, 0, -2, 0, 0, 0, 0}},
            new double[1][WIDTH],
            new double[WIDTH]);
    float[][] zero = new float[1][WIDTH];
    double[][] ours = new double[1][WIDTH];
    float[][] row = {{1, 5, 2, 1, 1, 1, 1}};
    new Lime(sum, new Background(zero), 5000, 1).explain(row, 1, 0, ours);
    assertThat(ours[0][0]).isCloseTo(3, within(0.02));
    assertThat(ours[0][1]).isCloseTo(0, within(0.02));
    assertThat(ours[0][2]).isCloseTo(-4, within(0.02));
  }

  @Test
  void ofAWeightedSumContributionsAreExact() {
    LinearPredictor linear =
        new LinearPredictor(
            new double[] {1, 0},
            new double[][] {{1, 2, 3, 4, 5, 6, 7}, {0, 0, 1, 0, 0, 0, 0}},
            new double[][] {{1, 1, 1, 1, 1, 1, 1}, {0, 0, 2, 0, 0, 0, 0}},
            new double[] {1, 0, -1, 0, 1, 0, 2});
    LinearShap shap = new LinearShap(linear);
    double[] raw = new double[2];
    double[][] ours = new double[ROWS.length][WIDTH];
    for (int o = 0; o < 2; o++) {
      shap.explain(ROWS, ROWS.length, o, ours);
      for (int r = 0; r < ROWS.length; r++) {
        linear.raw(ROWS[r], raw);
        assertThat(shap.expected(o) + sum(ours[r])).isCloseTo(raw[o], within(1e-9));
      }
    }
    assertThat(ours[0][0]).isZero();
  }

  @Test
  void encodedPartsAreToldAsTheirColumn() {
    ColumnReasons reasons =
        new ColumnReasons(
            new FeatureMap(
                List.of(
                    new FeatureMap.Feature("home=rent", "home"),
                    new FeatureMap.Feature("age", "age"),
                    new FeatureMap.Feature("home=own", "home"),
                    new FeatureMap.Feature("debt", "debt"))));
    double[] sums = reasons.sums(new double[] {1, -2.5, 1, 2});
    assertThat(reasons.columns()).containsExactly("home", "age", "debt");
    assertThat(sums).containsExactly(2, -2.5, 2);
    assertThat(reasons.top(sums, 2)).containsExactly(1, 0);
    assertThat(reasons.top(sums, 9)).containsExactly(1, 0, 2);
  }

  private static double[] values(float[] row) {
    double[] values = new double[row.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = Product.value(row[f]);
    }
    return values;
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
