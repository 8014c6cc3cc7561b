package org.millrace.risk.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.risk.Reference;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

/** Against scikit-learn's, on rows of which a fifth lacks a value that tells something. */
class LinearLearnersTest {
  private static final JsonNode REFERENCE = Reference.of("linear");
  private static final JsonNode ROWS = REFERENCE.get("rows");

  private static Examples examples(Task task, String label, int classes) {
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
            .add(Examples.LABEL, DataTypes.DoubleType, false)
            .add(Examples.WEIGHT, DataTypes.DoubleType, false);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS.size(); i++) {
      float[] encoded = encoded(i);
      double[] values = new double[encoded.length];
      for (int f = 0; f < values.length; f++) {
        values[f] = encoded[f];
      }
      rows.add(
          RowFactory.create(Vectors.dense(values), REFERENCE.get(label).get(i).asDouble(), 1.0));
    }
    List<FeatureMap.Feature> features =
        IntStream.range(0, ROWS.get(0).size())
            .mapToObj(f -> new FeatureMap.Feature("f" + f, "f" + f))
            .toList();
    return new Examples(
        LocalSpark.session().createDataFrame(rows, schema).coalesce(1),
        new FeatureMap(features),
        task,
        classes);
  }

  private static float[] encoded(int row) {
    float[] encoded = new float[ROWS.get(row).size()];
    for (int f = 0; f < encoded.length; f++) {
      JsonNode value = ROWS.get(row).get(f);
      encoded[f] = value.isNull() ? Float.NaN : (float) value.asDouble();
    }
    return encoded;
  }

  /** The greatest difference from what scikit-learn says of a row. */
  private static double difference(Fitted fitted, JsonNode reference) {
    double greatest = 0;
    for (int i = 0; i < ROWS.size(); i++) {
      double[] raw = new double[fitted.predictor().outputs()];
      fitted.predictor().raw(encoded(i), raw);
      double[] said = new double[raw.length];
      fitted.link().apply(raw, said);
      for (int o = 0; o < said.length; o++) {
        JsonNode expected = reference.get(i);
        double value = expected.isArray() ? expected.get(o).asDouble() : expected.asDouble();
        greatest = Math.max(greatest, Math.abs(said[o] - value));
      }
    }
    return greatest;
  }

  @Test
  void logisticRegressionIsScikitLearns() {
    for (JsonNode c : REFERENCE.get("cases")) {
      LogisticRegression learner =
          new LogisticRegression(c.get("regularization").asDouble(), c.get("net").asDouble(), 1000);
      assertThat(
              difference(
                  learner.fit(examples(Task.BINARY, "binary", 2), Optional.empty(), 1),
                  c.get("binary")))
          .as("binary " + learner.parameters())
          .isLessThan(1e-3);
      assertThat(
              difference(
                  learner.fit(examples(Task.MULTICLASS, "classes", 3), Optional.empty(), 1),
                  c.get("classes")))
          .as("three classes " + learner.parameters())
          .isLessThan(1e-3);
    }
  }

  @Test
  void linearRegressionIsScikitLearns() {
    for (JsonNode c : REFERENCE.get("cases")) {
      LinearRegression learner =
          new LinearRegression(c.get("regularization").asDouble(), c.get("net").asDouble(), 1000);
      assertThat(
              difference(
                  learner.fit(examples(Task.REGRESSION, "number", 1), Optional.empty(), 1),
                  c.get("number")))
          .as(learner.parameters())
          .isLessThan(1e-2);
    }
  }

  /** The hinge has no derivative at its bend: MLlib's optimizer stops near the optimum only. */
  @Test
  void supportVectorsAreNearScikitLearns() {
    JsonNode reference = REFERENCE.get("svm");
    Fitted fitted =
        new LinearSvm(reference.get("regularization").asDouble(), 1000)
            .fit(examples(Task.BINARY, "binary", 2), Optional.empty(), 1);
    double squares = 0;
    for (int i = 0; i < ROWS.size(); i++) {
      double[] raw = new double[1];
      fitted.predictor().raw(encoded(i), raw);
      squares += Math.pow(raw[0] - reference.get("margins").get(i).asDouble(), 2);
    }
    assertThat(Math.sqrt(squares / ROWS.size())).isLessThan(0.05);
  }
}
