package org.millrace.risk.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

class GradientBoostingTest {
  /** Of {@code age} one feature is made, of {@code home} two. */
  private static final FeatureMap FEATURES =
      new FeatureMap(
          List.of(
              new FeatureMap.Feature("age", "age"),
              new FeatureMap.Feature("home=rent", "home"),
              new FeatureMap.Feature("home=own", "home")));

  @Test
  void tellsANumberFromSteps() {
    Fitted fitted = boosting(60, 0, Map.of()).fit(rows(Task.REGRESSION, 1), Optional.empty(), 1);
    assertThat(fitted.link()).isEqualTo(Link.IDENTITY);
    assertThat(said(fitted, -1, 0)).isBetween(-0.2, 0.2);
    assertThat(said(fitted, 1, 0)).isBetween(1.8, 2.2);
    assertThat(said(fitted, 1, 1)).isBetween(2.8, 3.2);
    assertThat(said(fitted, Float.NaN, 0)).isBetween(4.8, 5.2);
  }

  @Test
  void tellsProbabilities() {
    Fitted binary = boosting(30, 0, Map.of()).fit(rows(Task.BINARY, 1), Optional.empty(), 1);
    assertThat(binary.link()).isEqualTo(Link.LOGISTIC);
    assertThat(said(binary, -1, 0)).isLessThan(-1);
    assertThat(said(binary, 1, 1)).isGreaterThan(1);
    Fitted three = boosting(30, 0, Map.of()).fit(rows(Task.MULTICLASS, 1), Optional.empty(), 1);
    assertThat(three.link()).isEqualTo(Link.SOFTMAX);
    assertThat(three.predictor().outputs()).isEqualTo(3);
    double[] raw = new double[3];
    three.predictor().raw(new float[] {Float.NaN, 0, 1}, raw);
    assertThat(raw[2]).isGreaterThan(raw[0] + 1).isGreaterThan(raw[1] + 1);
  }

  @Test
  void neverGoesDownWhereItMayOnlyGoUp() {
    Examples noise = rows(Task.REGRESSION, 0);
    assertThat(falls(boosting(60, 0, Map.of()).fit(noise, Optional.empty(), 1))).isPositive();
    Map<String, Monotone> up = Map.of("age", Monotone.INCREASING);
    assertThat(falls(boosting(60, 0, up).fit(noise, Optional.empty(), 1))).isZero();
    Map<String, Monotone> home = Map.of("home", Monotone.DECREASING);
    assertThatThrownBy(() -> boosting(1, 0, home).fit(noise, Optional.empty(), 1))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("home")
        .hasMessageContaining("2 features");
  }

  @Test
  void keepsTheRoundsThatHelpedAndSettlesOnTheirMean() {
    GradientBoosting patient = boosting(500, 5, Map.of());
    Examples train = rows(Task.REGRESSION, 1);
    Fitted fitted = patient.fit(train, Optional.of(rows(Task.REGRESSION, 2)), 1);
    assertThat(fitted.rounds()).isBetween(2, 400);
    GradientBoosting settled = (GradientBoosting) patient.settled(List.of(fitted, fitted));
    assertThat(settled.rounds()).isEqualTo(fitted.rounds());
    assertThat(settled.fit(train, Optional.empty(), 1).rounds()).isEqualTo(fitted.rounds());
  }

  @Test
  void xgboostReadsItsOwnFileAndSaysTheSame() throws Exception {
    Fitted fitted = boosting(20, 0, Map.of()).fit(rows(Task.REGRESSION, 1), Optional.empty(), 1);
    assertThat(new String(fitted.files().get("xgboost.features.txt"), UTF_8))
        .isEqualTo("0\tage\tq\n1\thome=rent\tq\n2\thome=own\tq\n");
    Booster booster = XGBoost.loadModel(fitted.files().get("xgboost.json"));
    float[] row = {0.5f, 1, 0};
    DMatrix one = new DMatrix(row, 1, 3, Float.NaN);
    try {
      assertThat((double) booster.predict(one)[0][0])
          .isCloseTo(said(fitted, 0.5f, 1), within(1e-5));
    } finally {
      one.dispose();
      booster.dispose();
    }
    assertThat(fitted.withoutFiles().files()).isEmpty();
  }

  private static GradientBoosting boosting(int rounds, int patience, Map<String, Monotone> way) {
    return new GradientBoosting(rounds, 0.2, 3, 1, 1, 1, 0, 1, 0, 256, patience, way);
  }

  private static double said(Fitted fitted, float age, float rent) {
    double[] raw = new double[fitted.predictor().outputs()];
    fitted.predictor().raw(new float[] {age, rent, 1 - rent}, raw);
    return raw[0];
  }

  /** How often the number falls while the age grows. */
  private static int falls(Fitted fitted) {
    int falls = 0;
    double last = Double.NEGATIVE_INFINITY;
    for (float age = -2; age < 2; age += 0.01f) {
      double now = said(fitted, age, 0);
      falls += now < last ? 1 : 0;
      last = now;
    }
    return falls;
  }

  /** 2 from age 0 on, 1 for renting, 5 where the age is missing; with seed 0 noise alone. */
  private static Examples rows(Task task, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < 2000; r++) {
      double age = random.nextInt(10) == 0 ? Double.NaN : (float) random.nextGaussian();
      double rent = random.nextInt(2);
      double value =
          (seed == 0 ? 0 : (Double.isNaN(age) ? 5 : age >= 0 ? 2 : 0) + rent)
              + random.nextGaussian() / 4;
      double label =
          switch (task) {
            case REGRESSION -> value;
            case BINARY -> value > 1.5 ? 1 : 0;
            case MULTICLASS -> value > 4 ? 2 : value > 1.5 ? 1 : 0;
            case ANOMALY -> throw new AssertionError();
          };
      rows.add(RowFactory.create(Vectors.dense(age, rent, 1 - rent), label, 1.0, (long) r));
    }
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
            .add(Examples.LABEL, DataTypes.DoubleType, false)
            .add(Examples.WEIGHT, DataTypes.DoubleType, false)
            .add(Examples.ID, DataTypes.LongType, false);
    return new Examples(
        LocalSpark.session().createDataFrame(rows, schema),
        FEATURES,
        task,
        task == Task.MULTICLASS ? 3 : task == Task.BINARY ? 2 : 1);
  }
}
