package org.millrace.risk.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

class BalanceTest {
  private static final int ROWS = 2_000;
  private static final int RARE = 10;

  /** One row in ten is positive: its x is 5 to 6, its home is never a. Other x are below 1. */
  private static Examples rows(int partitions) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean rare = i % RARE == 0;
      double x = random.nextDouble() + (rare ? 5 : 0);
      int home = rare ? 1 + random.nextInt(2) : random.nextInt(3);
      double y = i % 50 == 0 ? Double.NaN : random.nextGaussian();
      rows.add(
          RowFactory.create(
              Vectors.dense(x, home == 0 ? 1 : 0, home == 1 ? 1 : 0, home == 2 ? 1 : 0, y),
              rare ? 1.0 : 0.0,
              1.0,
              (long) i * 104_729,
              i % 5));
    }
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType())
            .add(Examples.LABEL, DataTypes.DoubleType)
            .add(Examples.WEIGHT, DataTypes.DoubleType)
            .add(Examples.ID, DataTypes.LongType)
            .add(Examples.FOLD, DataTypes.IntegerType);
    FeatureMap features =
        new FeatureMap(
            List.of(
                new FeatureMap.Feature("x", "x"),
                new FeatureMap.Feature("home=a", "home"),
                new FeatureMap.Feature("home=b", "home"),
                new FeatureMap.Feature("home=c", "home"),
                new FeatureMap.Feature("y", "y")));
    return new Examples(
        LocalSpark.session().createDataFrame(rows, schema).repartition(partitions),
        features,
        Task.BINARY,
        2);
  }

  private static long count(Examples examples, double label) {
    return examples.rows().filter("label = " + label).count();
  }

  @Test
  void frequentRowsAreLeftOut() {
    Examples balanced = new Balance.Undersample(0.5).apply(rows(2), 1);
    assertThat(count(balanced, 1)).isEqualTo(ROWS / RARE);
    assertThat((double) count(balanced, 0)).isCloseTo(2.0 * ROWS / RARE, within(60.0));
  }

  @Test
  void rareRowsAreRepeated() {
    Examples balanced = new Balance.Oversample(0.5).apply(rows(2), 1);
    assertThat(count(balanced, 0)).isEqualTo(ROWS - ROWS / RARE);
    assertThat((double) count(balanced, 1)).isCloseTo(0.5 * (ROWS - ROWS / RARE), within(60.0));
  }

  @Test
  void weightsAddUpToTheSameForEachClass() {
    Examples balanced = new Balance.ClassWeights().apply(rows(2), 1);
    for (double label : new double[] {0, 1}) {
      Row sum = balanced.rows().filter("label = " + label).groupBy().sum("weight").first();
      assertThat(sum.getDouble(0)).isCloseTo(ROWS / 2.0, within(1e-6));
    }
  }

  @Test
  void madeRowsLieBetweenRowsOfTheirClass() {
    Examples balanced = new Balance.Smote(1.0, 5).apply(rows(2), 1);
    assertThat((double) count(balanced, 1)).isCloseTo(ROWS - ROWS / RARE, within(60.0));
    Set<Long> ids = new HashSet<>();
    for (Row row : balanced.rows().filter("label = 1").collectAsList()) {
      double[] v = ((Vector) row.get(0)).toArray();
      assertThat(v[0]).isBetween(5.0, 6.0);
      assertThat(v[1]).as("a level that no row of the class has").isZero();
      assertThat(v[2] + v[3]).as("one level").isEqualTo(1);
      assertThat(ids.add(row.getLong(3))).as("a number of its own").isTrue();
    }
  }

  @Test
  void madeRowsDoNotDependOnThePartitions() {
    assertThat(made(1)).isEqualTo(made(5)).hasSizeGreaterThan(1_000);
  }

  private static Set<String> made(int partitions) {
    Set<String> rows = new HashSet<>();
    new Balance.Smote(1.0, 3)
        .apply(rows(partitions), 7)
        .rows()
        .collectAsList()
        .forEach(row -> rows.add(row.toString()));
    return rows;
  }

  @Test
  void thePriorIsPutRight() {
    // Who learns from as many rows of each kind, of a feature that tells nothing, says one half.
    Adjustment correction = new Balance.ClassWeights().correction(rows(2), 1).orElseThrow();
    double[] said = {0.5};
    correction.adjust(said);
    assertThat(said[0]).isCloseTo(1.0 / RARE, within(1e-9));
    // Theorem 2 of Elkan 2001 for base rates b = 1/2 and b' = 1/10, at p = 0.8.
    double[] likely = {0.8};
    correction.adjust(likely);
    double p = 0.8;
    double b = 0.5;
    double to = 0.1;
    double expected = to * (p - p * b) / (b - p * b + to * p - b * to);
    assertThat(likely[0]).isCloseTo(expected, within(1e-9));
    // For several classes, shares that were learnt come back as shares that are.
    double[] classes = {0.5, 0.5};
    correction.adjust(classes);
    assertThat(classes).containsExactly(new double[] {0.9, 0.1}, within(1e-9));
  }

  @Test
  void aSingleRowHasNothingToMakeRowsBetween() {
    Examples one =
        rows(2).with(rows -> rows.filter("label = 0 or id = 0")); // Row 0 is of the rare class.
    assertThat(count(one, 1)).isEqualTo(1);
    assertThatThrownBy(() -> new Balance.Smote(1.0, 5).apply(one, 1).rows().count())
        .isInstanceOf(Stop.class)
        .hasMessageContaining("a single row to learn from");
    Examples three = rows(2).with(rows -> rows.filter("label = 0 or id < 2200000"));
    assertThat(count(three, 1)).isEqualTo(3);
    assertThat(new Balance.Smote(1.0, 5).warning(three))
        .hasValueSatisfying(w -> assertThat(w).contains("the rarest class has 3 training rows"));
    assertThat(new Balance.Smote(1.0, 5).warning(rows(2))).isEmpty();
    long made = count(new Balance.Smote(1.0, 5).apply(three, 1), 1);
    assertThat((double) made).isCloseTo(ROWS - ROWS / RARE, within(60.0));
  }

  @Test
  void madeRowsAreKeptWhileTheyAreLearntFromAndNoLonger() {
    Dataset<Row> learnt =
        new Balance.Smote(1.0, 5)
            .learn(
                rows(2),
                1,
                examples -> {
                  assertThat(examples.rows().storageLevel().useMemory()).isTrue();
                  return examples.rows();
                });
    assertThat(learnt.storageLevel().useMemory()).isFalse();
  }

  @Test
  void whatIsMissingSetsRowsApart() {
    SmoteSpace space =
        new SmoteSpace(new double[] {1, 1}, new boolean[] {true, true}, new int[] {0, 1});
    double[] both = {0, 0};
    double[] lacksOne = {0, Double.NaN};
    assertThat(space.distance(both, lacksOne)).isEqualTo(1);
    assertThat(space.distance(lacksOne, new double[] {0, Double.NaN})).isZero();
    assertThat(space.nearest(new double[][] {lacksOne, both, {0.1, Double.NaN}}, 0, 1))
        .containsExactly(2);
  }

  @Test
  void deviationsAreExactBesideLargeMeans() {
    FeatureMoments one = new FeatureMoments(2);
    FeatureMoments other = new FeatureMoments(2);
    for (int i = 0; i < 1_000; i++) {
      // 0, 1 and 2 around a billion: a variance of 2/3, of which sums of squares would leave
      // nothing.
      (i < 300 ? one : other).add(new double[] {1e9 + i % 3, i % 2 == 0 ? Double.NaN : 1});
    }
    FeatureMoments all = one.merge(other).merge(new FeatureMoments(2));
    assertThat(all.rows()).isEqualTo(1_000);
    assertThat(all.deviations()[0]).isCloseTo(Math.sqrt(2.0 / 3), within(1e-3));
    assertThat(all.deviations()[1]).isZero();
    assertThat(all.continuous()).containsExactly(true, false);
  }
}
