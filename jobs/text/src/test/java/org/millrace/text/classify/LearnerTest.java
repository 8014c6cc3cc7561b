package org.millrace.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.eval.ClassificationTally;
import org.millrace.language.TextVectors;
import org.millrace.language.TextVectors.Places;
import org.millrace.language.TextVectors.TfIdf;
import org.millrace.testing.LocalSpark;
import org.millrace.text.classify.Learner.LinearSvm;
import org.millrace.text.classify.Learner.LogisticRegression;
import org.millrace.text.classify.Learner.NaiveBayes;

class LearnerTest {
  private static final TextVectors COUNTS =
      new TfIdf(new Places.Hashed(3), 1, TfIdf.Weighting.LINEAR, false, TfIdf.UnknownWords.IGNORED);
  private static final TextVectors NUMBERS = new TextVectors.Word2vec(3, 5, 1, 1, 0.1, 1);

  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(Examples.LABEL, DataTypes.DoubleType)
                .add(Examples.VECTOR, SQLDataTypes.VectorType()));
  }

  /** Clouds around a corner each, apart enough that hardly a point is in another's. */
  private static Dataset<Row> clouds(int classes) {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] numbers = new double[3];
      numbers[i % classes] = 3;
      for (int j = 0; j < 3; j++) {
        numbers[j] += random.nextGaussian() * 0.5;
      }
      rows.add(RowFactory.create((double) (i % classes), Vectors.dense(numbers)));
    }
    return table(rows);
  }

  @Test
  void everyLearnerTellsTwoAndThreeCloudsApart() {
    for (int classes = 2; classes <= 3; classes++) {
      Dataset<Row> rows = clouds(classes);
      for (Learner learner :
          List.of(new LogisticRegression(0.001, 20), new LinearSvm(0.001, 20), new NaiveBayes(1))) {
        Classifier fitted = learner.fit(rows, classes, NUMBERS);
        assertThat(fitted.classes()).isEqualTo(classes);
        ClassificationTally tally = Measurement.of(rows, fitted);
        assertThat(tally.metrics().get(0).value())
            .as(learner.describe() + " of " + classes)
            .isGreaterThan(0.97);
        assertThat(tally.rows()).isEqualTo(300);
      }
    }
  }

  @Test
  void numbersThatHardlyDifferDoNotKeepLinearLearnersFromLearning() {
    Random random = new Random(4);
    List<Row> noisy = new ArrayList<>();
    for (Row row : clouds(2).collectAsList()) {
      double[] numbers = Arrays.copyOf(row.<Vector>getAs(1).toArray(), 5);
      numbers[3] = 1e-33 * random.nextGaussian();
      numbers[4] = 0.5 + 1e-9 * random.nextGaussian();
      noisy.add(RowFactory.create(row.getDouble(0), Vectors.dense(numbers)));
    }
    Dataset<Row> rows = table(noisy);
    for (Learner learner : List.of(new LogisticRegression(0.01, 20), new LinearSvm(0.01, 20))) {
      LinearClassifier fitted = (LinearClassifier) learner.fit(rows, 2, NUMBERS);
      assertThat(Measurement.of(rows, fitted).metrics().get(0).value())
          .as(learner.describe())
          .isGreaterThan(0.97);
      assertThat(fitted.weights()[5 + 3]).isZero();
      assertThat(fitted.weights()[5 + 4]).isZero();
    }
  }

  @Test
  void multinomialBayesHasTheShareOfEachTermInEachClass() {
    Dataset<Row> rows =
        table(
            List.of(
                RowFactory.create(0.0, Vectors.dense(2, 0, 1)),
                RowFactory.create(0.0, Vectors.dense(1, 0, 0)),
                RowFactory.create(1.0, Vectors.dense(0, 4, 0))));
    Classifier fitted = new NaiveBayes(1).fit(rows, 2, COUNTS);
    double[] scores = fitted.scores(Vectors.dense(1, 2, 0));
    // Terms of class 0: 3, 0, 1 and 1 more each, of 7; of class 1: 0, 4, 0, of 7.
    double zero = Math.log(3.0 / 5) + Math.log(4 / 7.0) + 2 * Math.log(1 / 7.0);
    double one = Math.log(2.0 / 5) + Math.log(1 / 7.0) + 2 * Math.log(5 / 7.0);
    assertThat(scores[0] - scores[1]).isCloseTo(zero - one, within(1e-9));
    assertThat((double) fitted.probabilities(scores)[0])
        .isCloseTo(Math.exp(zero) / (Math.exp(zero) + Math.exp(one)), within(1e-6));
  }

  /** As in a fold from whose other rows a rare class is missing. */
  @Test
  void aClassWithoutRowsIsNeverToldAndMovesNoOther() {
    Dataset<Row> rows =
        table(
            List.of(
                RowFactory.create(0.0, Vectors.dense(2, 0, 1)),
                RowFactory.create(0.0, Vectors.dense(1, 0, 1)),
                RowFactory.create(2.0, Vectors.dense(0, 4, 0)),
                RowFactory.create(2.0, Vectors.dense(0, 3, 1))));
    for (Learner learner :
        List.of(new NaiveBayes(1), new LogisticRegression(0.01, 50), new LinearSvm(0.01, 50))) {
      for (TextVectors vectors : List.of(COUNTS, NUMBERS)) {
        Classifier fitted = learner.fit(rows, 4, vectors);
        assertThat(fitted.classes()).isEqualTo(4);
        assertThat(told(fitted, Vectors.dense(2, 0, 1))).as(learner.describe()).isZero();
        assertThat(told(fitted, Vectors.dense(0, 4, 0))).as(learner.describe()).isEqualTo(2);
      }
    }
  }

  private static int told(Classifier fitted, Vector vector) {
    float[] told = fitted.probabilities(fitted.scores(vector));
    int best = 0;
    for (int c = 1; c < told.length; c++) {
      best = told[c] > told[best] ? c : best;
    }
    return best;
  }

  @Test
  void normalBayesHasTheDensityOfEachClass() {
    Dataset<Row> rows =
        table(
            List.of(
                RowFactory.create(0.0, Vectors.dense(-1)),
                RowFactory.create(0.0, Vectors.dense(1)),
                RowFactory.create(1.0, Vectors.dense(4)),
                RowFactory.create(1.0, Vectors.dense(8))));
    Classifier fitted = new NaiveBayes(1).fit(rows, 2, NUMBERS);
    double[] scores = fitted.scores(Vectors.dense(2));
    double zero = -0.5 * (Math.log(2 * Math.PI) + 4);
    double one = -0.5 * (Math.log(2 * Math.PI * 4) + 16 / 4.0);
    assertThat(scores[0] - scores[1]).isCloseTo(zero - one, within(1e-6));
  }

  @Test
  void theWeightsOfLogisticRegressionAreWhereItsLossIsLeast() {
    double regularization = 0.05;
    Dataset<Row> rows = clouds(2);
    LinearClassifier fitted =
        (LinearClassifier) new LogisticRegression(regularization, 60).fit(rows, 2, NUMBERS);
    // At the minimum the mean gradient of the loss is minus the penalty's.
    double[] gradient = new double[3];
    for (Row row : rows.collectAsList()) {
      Vector vector = (Vector) row.get(1);
      double error = fitted.probabilities(fitted.scores(vector))[1] - row.getDouble(0);
      for (int i = 0; i < 3; i++) {
        gradient[i] += error * vector.apply(i) / 300;
      }
    }
    for (int i = 0; i < 3; i++) {
      double weight = fitted.weights()[3 + i];
      assertThat(gradient[i] + regularization * weight).isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void sigmoidsAddUpToOneAndFollowTheSums() {
    Link link = new Link.Sigmoids(new double[] {2, 2}, new double[] {0, 0});
    float[] told = link.probabilities(new double[] {-1, 1});
    assertThat(told[0] + told[1]).isCloseTo(1f, within(1e-6f));
    assertThat((double) told[1]).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
  }
}
