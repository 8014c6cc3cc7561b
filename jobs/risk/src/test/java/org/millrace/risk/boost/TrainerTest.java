package org.millrace.risk.boost;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.spark.SparkContext;
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
import org.millrace.risk.trees.RandomRows;
import org.millrace.risk.trees.Trees;
import org.millrace.risk.trees.XgboostTrees;
import org.millrace.table.InternalRows;
import org.millrace.testing.LocalSpark;

class TrainerTest {
  private static final String LOGISTIC = "binary:logistic";
  private static final float[][] TRAIN = RandomRows.rows(3000, 7);
  private static final float[] LABELS = RandomRows.labels(TRAIN, LOGISTIC, 1);
  private static final float[][] VALID = RandomRows.rows(1000, 9);
  private static final float[] VALID_LABELS = RandomRows.labels(VALID, LOGISTIC, 2);
  private static final SparkContext SPARK = LocalSpark.session().sparkContext();

  @Test
  void learnsWhatXgboostLearnsOfTheSameRows() throws Exception {
    BoostingPlan plan = plan(20, 0);
    Boosted boosted =
        new Trainer(SPARK).train(plan, table(TRAIN, LABELS, false, 3), Optional.empty());
    assertThat(boosted.rounds()).isEqualTo(20);
    assertSame(boosted, reference(plan));
  }

  /** MLlib's encoders make sparse vectors of rows with many zeros, in which 0 is not missing. */
  @Test
  void whatASparseVectorLeavesOutIsZero() throws Exception {
    BoostingPlan plan = plan(20, 0);
    Boosted boosted =
        new Trainer(SPARK).train(plan, table(TRAIN, LABELS, true, 3), Optional.empty());
    assertSame(boosted, reference(plan));
  }

  @Test
  void isBitForBitTheSameOnASecondRun() {
    BoostingPlan plan = plan(20, 0);
    plan.parameters().put("subsample", "0.7");
    plan.parameters().put("colsample_bytree", "0.7");
    Dataset<Row> rows = table(TRAIN, LABELS, false, 5);
    byte[] one = new Trainer(SPARK).train(plan, rows, Optional.empty()).model();
    byte[] two = new Trainer(SPARK).train(plan, rows, Optional.empty()).model();
    assertThat(two).isEqualTo(one);
    plan.parameters().put("seed", "43");
    assertThat(new Trainer(SPARK).train(plan, rows, Optional.empty()).model()).isNotEqualTo(one);
  }

  @Test
  void stopsWhereTheValidationRowsAreToldBest() {
    BoostingPlan plan = plan(300, 10);
    Boosted boosted =
        new Trainer(SPARK)
            .train(
                plan,
                table(TRAIN, LABELS, false, 2),
                Optional.of(table(VALID, VALID_LABELS, false, 2)));
    List<Double> losses = new ArrayList<>();
    for (int rounds = 1; rounds <= boosted.rounds() + 10; rounds++) {
      losses.add(logLoss(XgboostTrees.read(boosted.model(), rounds)));
    }
    double least = losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    assertThat(boosted.rounds()).isBetween(5, 250);
    assertThat(losses.indexOf(least)).isEqualTo(boosted.rounds() - 1);
    assertThat(boosted.measured()).isCloseTo(least, within(1e-5));
  }

  /** In threads of one process here: the barrier stage and the collective are the same. */
  @Test
  void workersTogetherComeToTheSameModel() throws Exception {
    BoostingPlan plan = plan(20, 0);
    Boosted two = workers(plan, 2, Optional.of(table(VALID, VALID_LABELS, false, 3)));
    assertThat(two.model())
        .isEqualTo(workers(plan, 2, Optional.of(table(VALID, VALID_LABELS, false, 1))).model());
    Trees ours = XgboostTrees.read(two.model(), 20);
    Trees alone = XgboostTrees.read(reference(plan), 20);
    assertThat(logLoss(ours)).isCloseTo(logLoss(alone), within(0.01));
    assertThat(two.measured()).isLessThan(0.5);
  }

  private static Boosted workers(BoostingPlan plan, int workers, Optional<Dataset<Row>> valid) {
    Dataset<Row> rows = Trainer.marked(table(TRAIN, LABELS, false, 3), false);
    Dataset<Row> all = rows.union(Trainer.marked(valid.orElseThrow(), true));
    return new Workers(SPARK, workers, 1)
        .train(plan, InternalRows.of(Trainer.divided(all, workers)), true);
  }

  @Test
  void saysWhatTheLibraryRefuses() {
    BoostingPlan wrong = plan(2, 0);
    wrong.parameters().put("objective", "binary:nonsense");
    assertThatThrownBy(
            () -> new Trainer(SPARK).train(wrong, table(TRAIN, LABELS, false, 2), Optional.empty()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("XGBoost cannot learn")
        .hasMessageContaining("binary:nonsense");
  }

  @Test
  void saysWhatLostWorkersDiedOf() {
    Dataset<Row> rows =
        Trainer.divided(Trainer.marked(table(TRAIN, LABELS, false, 2), false), 2)
            .withColumn(Examples.LABEL, expr("double(raise_error('the disk is broken'))"));
    assertThatThrownBy(
            () -> new Workers(SPARK, 2, 1).train(plan(2, 0), InternalRows.of(rows), false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("lost a worker 3 times")
        .hasMessageContaining("the disk is broken");
  }

  private static BoostingPlan plan(int rounds, int patience) {
    TreeMap<String, String> parameters =
        new TreeMap<>(
            Map.of("objective", LOGISTIC, "max_depth", "5", "eta", "0.3", "tree_method", "hist"));
    return new BoostingPlan(parameters, rounds, patience, RandomRows.WIDTH);
  }

  private static byte[] reference(BoostingPlan plan) throws Exception {
    DMatrix matrix = RandomRows.matrix(TRAIN);
    matrix.setLabel(LABELS);
    Booster booster = XGBoost.train(matrix, plan.onThreads(1), plan.rounds(), Map.of(), null, null);
    return booster.toByteArray("json");
  }

  private static void assertSame(Boosted boosted, byte[] reference) {
    Trees ours = XgboostTrees.read(boosted.model(), boosted.rounds());
    Trees theirs = XgboostTrees.read(reference, boosted.rounds());
    double[] one = new double[1];
    double[] other = new double[1];
    for (float[] row : VALID) {
      ours.raw(row, one);
      theirs.raw(row, other);
      assertThat(one).isEqualTo(other);
    }
  }

  private static double logLoss(Trees trees) {
    double sum = 0;
    double[] raw = new double[1];
    for (int r = 0; r < VALID.length; r++) {
      trees.raw(VALID[r], raw);
      double signed = VALID_LABELS[r] == 1 ? raw[0] : -raw[0];
      sum += Math.log1p(Math.exp(-signed));
    }
    return sum / VALID.length;
  }

  private static Dataset<Row> table(float[][] rows, float[] labels, boolean sparse, int parts) {
    StructType schema =
        new StructType()
            .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
            .add(Examples.LABEL, DataTypes.DoubleType, false)
            .add(Examples.WEIGHT, DataTypes.DoubleType, false)
            .add(Examples.ID, DataTypes.LongType, false);
    List<Row> table = new ArrayList<>();
    for (int r = 0; r < rows.length; r++) {
      double[] values = new double[rows[r].length];
      for (int f = 0; f < values.length; f++) {
        values[f] = rows[r][f];
      }
      Vector vector = Vectors.dense(values);
      table.add(
          RowFactory.create(
              sparse ? vector.toSparse() : vector, (double) labels[r], 1.0, (long) r));
    }
    return LocalSpark.session()
        .createDataFrame(table, schema)
        .repartitionByRange(parts, org.apache.spark.sql.functions.col(Examples.ID))
        .sortWithinPartitions(Examples.ID);
  }
}
