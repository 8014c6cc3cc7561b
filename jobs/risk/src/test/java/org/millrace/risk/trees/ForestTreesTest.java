package org.millrace.risk.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.risk.explain.TreeShap;
import org.millrace.testing.LocalSpark;

class ForestTreesTest {
  private static final float[][] TRAIN = full(RandomRows.rows(2000, 7));
  private static final float[][] NEW = flagged(RandomRows.rows(300, 8));

  @ParameterizedTest
  @ValueSource(strings = {"binary", "multi"})
  void saysWhatMllibsClassifierSays(String labels) {
    RandomForestClassificationModel forest =
        new RandomForestClassifier()
            .setNumTrees(7)
            .setMaxDepth(8)
            .setSeed(1)
            .fit(table(TRAIN, RandomRows.labels(TRAIN, labels, 1)));
    Trees trees = ForestTrees.of(forest);
    boolean binary = labels.equals("binary");
    assertThat(trees.outputs()).isEqualTo(binary ? 1 : 3);
    double[] raw = new double[trees.outputs()];
    for (float[] row : NEW) {
      Vector theirs = forest.predictProbability(vector(row));
      trees.raw(row, raw);
      for (int o = 0; o < raw.length; o++) {
        assertThat(raw[o]).isCloseTo(theirs.apply(binary ? 1 : o), within(1e-6));
      }
    }
    assertAddUp(trees);
  }

  @Test
  void saysWhatMllibsRegressionSays() {
    RandomForestRegressionModel forest =
        new RandomForestRegressor()
            .setNumTrees(5)
            .setMaxDepth(9)
            .setSeed(1)
            .fit(table(TRAIN, RandomRows.labels(TRAIN, "reg", 1)));
    Trees trees = ForestTrees.of(forest);
    double[] raw = new double[1];
    for (float[] row : NEW) {
      trees.raw(row, raw);
      assertThat(raw[0]).isCloseTo(forest.predict(vector(row)), within(1e-6));
    }
    assertAddUp(trees);
  }

  /** Floats on either side of a threshold that no float holds. */
  @Test
  void thresholdsOfDoublePrecisionDivideFloatsTheSame() {
    for (double threshold : new double[] {0.1, -0.1, 0.5, 1 / 3.0, -0.0, 1e-46, 3e38}) {
      float near = (float) threshold;
      for (float x : new float[] {Math.nextDown(near), near, Math.nextUp(near)}) {
        assertThat(x < ForestTrees.above(threshold)).isEqualTo(x <= threshold);
      }
    }
  }

  private static void assertAddUp(Trees trees) {
    TreeShap shap = new TreeShap(trees);
    double[][] contributions = new double[NEW.length][RandomRows.WIDTH];
    double[] raw = new double[trees.outputs()];
    for (int o = 0; o < trees.outputs(); o++) {
      shap.explain(NEW, NEW.length, o, contributions);
      for (int r = 0; r < NEW.length; r++) {
        double sum = shap.expected(o);
        for (double contribution : contributions[r]) {
          sum += contribution;
        }
        trees.raw(NEW[r], raw);
        assertThat(sum).isCloseTo(raw[o], within(1e-9));
      }
    }
  }

  /** MLlib does not learn where missing values go. */
  private static float[][] full(float[][] rows) {
    for (float[] row : rows) {
      for (int f = 0; f < row.length; f++) {
        row[f] = Float.isNaN(row[f]) ? 0 : row[f];
      }
    }
    return flagged(rows);
  }

  private static float[][] flagged(float[][] rows) {
    for (float[] row : rows) {
      row[6] = row[6] > 0 ? 1 : 0;
    }
    return rows;
  }

  private static Vector vector(float[] row) {
    double[] values = new double[row.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = row[f];
    }
    return Vectors.dense(values);
  }

  /** The last feature is told to be of two values, as a one-hot encoder does. */
  private static Dataset<Row> table(float[][] rows, float[] labels) {
    Attribute[] attributes = new Attribute[RandomRows.WIDTH];
    for (int f = 0; f < attributes.length - 1; f++) {
      attributes[f] = NumericAttribute.defaultAttr().withName("f" + f);
    }
    attributes[attributes.length - 1] = BinaryAttribute.defaultAttr().withName("flag");
    StructType schema =
        new StructType()
            .add(
                "features",
                SQLDataTypes.VectorType(),
                false,
                new AttributeGroup("features", attributes).toMetadata())
            .add("label", DataTypes.DoubleType, false);
    List<Row> table = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      table.add(RowFactory.create(vector(rows[r]), (double) labels[r]));
    }
    return LocalSpark.session().createDataFrame(table, schema);
  }
}
