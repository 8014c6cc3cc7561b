package org.millrace.risk.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.eval.ScoreHistogram;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.IsolationForest;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.learn.LinearSvm;
import org.millrace.risk.learn.RandomForest;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

class IsolationForestTest {
  private static final int ROWS = 1_000;

  /** A cloud, and a row in forty on a ring far around it. */
  private static Examples rows(int partitions) {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean odd = i % 40 == 0;
      double angle = random.nextDouble() * 2 * Math.PI;
      double x = odd ? 6 * Math.cos(angle) : random.nextGaussian();
      double y = odd ? 6 * Math.sin(angle) : random.nextGaussian();
      double z = i % 10 == 0 ? Double.NaN : random.nextGaussian();
      rows.add(RowFactory.create(Vectors.dense(x, y, z), odd ? 1.0 : 0.0, 1.0, (long) i * 7919, 0));
    }
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType())
            .add(Examples.LABEL, DataTypes.DoubleType)
            .add(Examples.WEIGHT, DataTypes.DoubleType)
            .add(Examples.ID, DataTypes.LongType)
            .add(Examples.FOLD, DataTypes.IntegerType);
    Dataset<Row> table = LocalSpark.session().createDataFrame(rows, schema).repartition(partitions);
    FeatureMap features =
        new FeatureMap(
            List.of(
                new FeatureMap.Feature("x", "x"),
                new FeatureMap.Feature("y", "y"),
                new FeatureMap.Feature("z", "z")));
    return new Examples(table, features, Task.BINARY, 2);
  }

  private static double area(Learner learner) {
    Examples examples = rows(2);
    Fitted fitted = learner.fit(examples, Optional.empty(), 5);
    ScoreHistogram scores = new ScoreHistogram();
    double[] said = new double[1];
    for (Row row : examples.rows().collectAsList()) {
      double[] values = ((org.apache.spark.ml.linalg.Vector) row.get(0)).toArray();
      float[] encoded = {(float) values[0], (float) values[1], (float) values[2]};
      fitted.predictor().raw(encoded, said);
      fitted.link().apply(said, said);
      assertThat(said[0]).isBetween(0.0, 1.0);
      scores.add(said[0], row.getDouble(1) == 1);
    }
    return scores.areaUnderRoc();
  }

  @Test
  void rowsFarFromAllOthersStandOut() {
    assertThat(area(new IsolationForest(100, 256))).isGreaterThan(0.99);
  }

  @Test
  void aForestSeesTheRingAndAPlaneDoesNot() {
    assertThat(area(new RandomForest(30, 6, 1, 1.0, "auto", 32))).isGreaterThan(0.99);
    assertThat(area(new LinearSvm(0.01, 100))).isBetween(0.3, 0.8);
  }

  @Test
  void theSamplesDoNotDependOnThePartitions() {
    List<float[][]> one = Samples.draw(rows(1).rows(), 3, 16, 9).byTree();
    List<float[][]> seven = Samples.draw(rows(7).rows(), 3, 16, 9).byTree();
    assertThat(one).hasSize(3);
    for (int t = 0; t < 3; t++) {
      assertThat(one.get(t)).hasDimensions(16, 3);
      assertThat(java.util.Arrays.deepEquals(one.get(t), seven.get(t))).isTrue();
    }
    assertThat(java.util.Arrays.deepEquals(one.get(0), one.get(1))).isFalse();
  }

  @Test
  void thePathLengthIsThatOfThePaper() {
    // Mean depth of an unsuccessful search by summing 2 (H(n-1)) - 2 (n-1) / n.
    double harmonic = 0;
    for (int i = 1; i < 256; i++) {
      harmonic += 1.0 / i;
    }
    assertThat(IsolationTrees.pathLength(256))
        .isCloseTo(2 * harmonic - 2 * 255.0 / 256, org.assertj.core.data.Offset.offset(0.01));
    assertThat(IsolationTrees.pathLength(1)).isZero();
  }
}
