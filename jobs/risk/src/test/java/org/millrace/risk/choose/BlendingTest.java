package org.millrace.risk.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.risk.balance.Balance;
import org.millrace.risk.explain.Background;
import org.millrace.risk.explain.Explainer;
import org.millrace.risk.explain.Reasons;
import org.millrace.risk.learn.Blend;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.GradientBoosting;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.learn.LinearRegression;
import org.millrace.risk.learn.LogisticRegression;
import org.millrace.risk.model.BlendPredictor;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

class BlendingTest {
  private static final int ROWS = 1_500;
  private static final Learner BOOSTING =
      new GradientBoosting(60, 0.1, 3, 1, 1, 1, 0, 1, 0, 64, 0, java.util.Map.of());

  /**
   * Half of the truth is a straight line, half a step that is in no line: each learner sees one.
   */
  private static Examples rows(Task task) {
    Random random = new Random(17);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double line = 0;
      double[] x = new double[8];
      for (int f = 0; f < x.length; f++) {
        x[f] = (float) random.nextGaussian();
        line += f < 6 ? 0.5 * x[f] : 0;
      }
      double truth = line + (x[6] * x[7] > 0 ? 1 : -1);
      boolean came = random.nextDouble() < 1 / (1 + Math.exp(2 - truth));
      double label = task == Task.REGRESSION ? truth + random.nextGaussian() : came ? 1 : 0;
      rows.add(RowFactory.create(Vectors.dense(x), label, 1.0, (long) i * 7919, i % 3));
    }
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType())
            .add(Examples.LABEL, DataTypes.DoubleType)
            .add(Examples.WEIGHT, DataTypes.DoubleType)
            .add(Examples.ID, DataTypes.LongType)
            .add(Examples.FOLD, DataTypes.IntegerType);
    List<FeatureMap.Feature> features = new ArrayList<>();
    for (int f = 0; f < 8; f++) {
      features.add(new FeatureMap.Feature("x" + f, "x" + f));
    }
    return new Examples(
        LocalSpark.session().createDataFrame(rows, schema).repartition(1).cache(),
        new FeatureMap(features),
        task,
        task == Task.REGRESSION ? 1 : 2);
  }

  @Test
  void twoThatSeeDifferentThingsSeeMoreTogether() {
    Examples examples = rows(Task.BINARY);
    // Classes are weighted: what each says alone is of shares that are not there.
    CrossValidation validation =
        new CrossValidation(new Folds.Random(3).rounds(), new Balance.ClassWeights(), "roc-auc", 1);
    List<Trial> trials =
        List.of(
            validation.tryOut(BOOSTING, examples),
            validation.tryOut(new LogisticRegression(0.01, 0, 100), examples));
    Trial blend = validation.blend(trials, examples).orElseThrow();
    assertThat(blend.mean()).isGreaterThan(Math.max(trials.get(0).mean(), trials.get(1).mean()));
    assertThat(CrossValidation.best(List.of(trials.get(0), trials.get(1), blend), "roc-auc"))
        .isSameAs(blend);
    assertThat(blend.settled().knowsShares()).isTrue();

    Fitted fitted =
        new Balance.ClassWeights()
            .learn(examples, 1, balanced -> blend.settled().fit(balanced, Optional.empty(), 1));
    double said = 0;
    double came = 0;
    float[][] some = new float[20][];
    double[] raw = new double[1];
    for (Row row : examples.rows().collectAsList()) {
      float[] encoded = encoded(row);
      some[(int) came % 20] = encoded;
      fitted.predictor().raw(encoded, raw);
      fitted.link().apply(raw, raw);
      said += raw[0] / ROWS;
      came += row.getDouble(1);
    }
    assertThat(said).as("the share as it is").isCloseTo(came / ROWS, within(0.03));
    assertAddsUp((BlendPredictor) fitted.predictor(), some);
  }

  private static float[] encoded(Row row) {
    double[] values = ((DenseVector) row.get(0)).values();
    float[] encoded = new float[values.length];
    for (int f = 0; f < encoded.length; f++) {
      encoded[f] = (float) values[f];
    }
    return encoded;
  }

  private static void assertAddsUp(BlendPredictor predictor, float[][] rows) {
    Explainer explainer = new Reasons.Method.Shap(1, 1).explainer(predictor, new Background(rows));
    double[][] contributions = new double[rows.length][8];
    explainer.explain(rows, rows.length, 0, contributions);
    double[][] block = new double[rows.length][1];
    predictor.raw(rows, rows.length, block);
    double[] raw = new double[1];
    for (int r = 0; r < rows.length; r++) {
      predictor.raw(rows[r], raw);
      double sum = explainer.expected(0);
      for (double of : contributions[r]) {
        sum += of;
      }
      assertThat(sum).isCloseTo(raw[0], within(1e-5));
      assertThat(block[r][0]).isCloseTo(raw[0], within(1e-9));
    }
  }

  @Test
  void ofNumbersItIsTheMean() {
    Examples examples = rows(Task.REGRESSION);
    CrossValidation validation =
        new CrossValidation(new Folds.Random(3).rounds(), new Balance.None(), "rmse", 1);
    List<Trial> trials =
        List.of(
            validation.tryOut(BOOSTING, examples),
            validation.tryOut(new LinearRegression(0.01, 0, 100), examples),
            validation.tryOut(new LinearRegression(10, 0, 100), examples));
    Trial blend = validation.blend(trials, examples).orElseThrow();
    assertThat(blend.mean()).isLessThan(Math.min(trials.get(0).mean(), trials.get(1).mean()));
    assertThat(((Blend) blend.learner()).parts())
        .extracting(Blend.Part::learner)
        .as("the best of each kind")
        .containsExactly(trials.get(0).settled(), trials.get(1).learner());
    double[] parts = new double[1];
    double[] raw = new double[1];
    float[] row = {1, 0, 0, 0, 0, 0, 1, 1};
    double sum = 0;
    for (Trial trial : trials.subList(0, 2)) {
      trial.byFold().get(1).predictor().raw(row, parts);
      sum += parts[0];
    }
    blend.byFold().get(1).predictor().raw(row, raw);
    assertThat(raw[0]).isCloseTo(sum / 2, within(1e-9));
  }

  @Test
  void oneKindMakesNoBlend() {
    Examples examples = rows(Task.REGRESSION);
    CrossValidation validation =
        new CrossValidation(new Folds.Random(3).rounds(), new Balance.None(), "rmse", 1);
    List<Trial> trials = List.of(validation.tryOut(new LinearRegression(0.01, 0, 100), examples));
    assertThat(validation.blend(trials, examples)).isEmpty();
  }
}
