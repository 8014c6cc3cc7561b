package org.millrace.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

/** What is found on the driver, beside what MLlib finds for the same loss. */
class LinearFitTest {
  private static final int SIZE = 6;
  private static final double REGULARIZATION = 0.02;

  /** Sparse rows of classes that overlap. */
  private static Dataset<Row> rows(int classes) {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double[] numbers = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        numbers[j] = random.nextInt(3) == 0 ? 0 : random.nextGaussian() * (1 + j);
      }
      numbers[i % classes] += 1.5;
      rows.add(RowFactory.create((double) (i % classes), Vectors.dense(numbers).toSparse()));
    }
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(Examples.LABEL, DataTypes.DoubleType)
                .add(Examples.VECTOR, SQLDataTypes.VectorType()));
  }

  @Test
  void logisticRegressionHasTheWeightsOfMllib() {
    for (int classes = 2; classes <= 3; classes++) {
      Dataset<Row> rows = rows(classes);
      LogisticRegressionModel theirs =
          new LogisticRegression()
              .setFeaturesCol(Examples.VECTOR)
              .setLabelCol(Examples.LABEL)
              .setRegParam(REGULARIZATION)
              .setStandardization(false)
              .setMaxIter(1000)
              .setTol(1e-12)
              .fit(rows);
      LinearClassifier ours = new LinearFit(REGULARIZATION, 1000).logistic(rows, classes);
      for (Row row : rows.limit(40).collectAsList()) {
        Vector vector = (Vector) row.get(1);
        float[] told = ours.probabilities(ours.scores(vector));
        double[] expected = theirs.predictProbability(vector).toArray();
        for (int c = 0; c < classes; c++) {
          assertThat((double) told[c]).isCloseTo(expected[c], within(2e-3));
        }
      }
    }
  }

  @Test
  void theHingeLossIsAsSmallAsMllibMakesIt() {
    Dataset<Row> rows = rows(2);
    LinearSVCModel theirs =
        new LinearSVC()
            .setFeaturesCol(Examples.VECTOR)
            .setLabelCol(Examples.LABEL)
            .setRegParam(REGULARIZATION)
            .setStandardization(false)
            .setMaxIter(1000)
            .setTol(1e-12)
            .fit(rows);
    FewRows few = FewRows.of(rows).orElseThrow();
    Loss loss = new Loss.Hinge(few, 1, REGULARIZATION);
    double[] best = Arrays.copyOf(theirs.coefficients().toArray(), SIZE + 1);
    best[SIZE] = theirs.intercept();
    LinearClassifier ours = new LinearFit(REGULARIZATION, 1000).hinge(rows, 2);
    double[] found = Arrays.copyOfRange(ours.weights(), SIZE, 2 * SIZE + 1);
    found[SIZE] = ours.intercepts()[1];

    for (int i = 0; i < SIZE; i++) {
      best[i] *= few.deviation(i);
      found[i] *= few.deviation(i);
    }
    double least = loss.at(best, new double[SIZE + 1]);
    assertThat(loss.at(new double[SIZE + 1], new double[SIZE + 1])).isGreaterThan(1.1 * least);
    assertThat(loss.at(found, new double[SIZE + 1])).isLessThan(1.002 * least);
  }

  @Test
  void derivativesAreThoseOfTheLoss() {
    FewRows rows = FewRows.of(rows(3)).orElseThrow();
    for (Loss loss :
        List.of(
            new Loss.CrossEntropy(rows, 3, 0.1),
            new Loss.Logistic(rows, 0.1),
            new Loss.Hinge(rows, 2, 0.1))) {
      int size = (loss instanceof Loss.CrossEntropy ? 3 : 1) * (SIZE + 1);
      double[] place = new Random(5).doubles(size, -0.3, 0.3).toArray();
      double[] gradient = new double[size];
      loss.at(place, gradient);
      for (int i = 0; i < size; i++) {
        double[] further = place.clone();
        further[i] += 1e-6;
        double[] nearer = place.clone();
        nearer[i] -= 1e-6;
        double slope = loss.at(further, new double[size]) - loss.at(nearer, new double[size]);
        assertThat(gradient[i]).isCloseTo(slope / 2e-6, within(1e-5));
      }
    }
  }

  @Test
  void theLeastOfAValleyIsFound() {
    // Rosenbrock's function, whose least value is at (1, 1).
    Lbfgs.Function valley =
        (x, gradient) -> {
          double across = x[1] - x[0] * x[0];
          gradient[0] = -400 * x[0] * across - 2 * (1 - x[0]);
          gradient[1] = 200 * across;
          return 100 * across * across + (1 - x[0]) * (1 - x[0]);
        };
    assertThat(new Lbfgs(200, 1e-15).minimize(valley, 2))
        .containsExactly(new double[] {1, 1}, within(1e-4));
    assertThat(new Lbfgs(1, 1e-15).minimize(valley, 2)[0]).isLessThan(0.9);
  }
}
