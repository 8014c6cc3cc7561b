package org.millrace.risk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.risk.explain.TreeShap;
import org.millrace.risk.features.RowEncoder;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;
import org.millrace.risk.trees.Trees;
import org.millrace.risk.trees.XgboostTrees;
import org.millrace.table.InternalRows;

/**
 * Scoring with reasons by us beside a row-wise function that asks XGBoost for its contributions;
 * and scoring that is written beside scoring and writing alone.
 */
public final class ScoreBench {
  private static final int TREES = 100;
  private static final int TOP = 3;

  private ScoreBench() {}

  /** Takes the folder of {@link GbtBench}, the rows that the peer scores, and pairs. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().appName("risk-score").getOrCreate();
    Dataset<Row> table = spark.read().parquet(arguments[0] + "/test.parquet");
    int few = Integer.parseInt(arguments[1]);
    int pairs = Integer.parseInt(arguments[2]);
    byte[] booster = booster(table.limit(100_000));
    Trees trees = XgboostTrees.read(booster, TREES);
    RowEncoder encoder = GbtBench.encoder(table);
    RiskModel model =
        new RiskModel(
            encoder,
            trees,
            Link.LOGISTIC,
            new FittedLabel("label", Task.BINARY, List.of("no", "yes"), List.of(0.5, 0.5)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Dataset<Row> some = table.limit(few).repartition(2).persist(StorageLevel.MEMORY_ONLY());
    some.count();
    table = table.persist(StorageLevel.MEMORY_ONLY());
    long rows = table.count();
    double worst = difference(some, model, booster);
    noop(scored(table, model, TOP)); // Both are compiled before they are compared.
    noop(rowWise(some, booster));
    double[] reasons = new double[pairs];
    double[] shares = new double[pairs];
    for (int p = 0; p < pairs; p++) {
      double ours = noop(scored(table, model, TOP)) / rows;
      double theirs = noop(rowWise(some, booster)) / few;
      reasons[p] = theirs / ours;
      String out = arguments[0] + "/scores";
      double compute = noop(scored(table, model, 0));
      Dataset<Row> ready = scored(table, model, 0).persist(StorageLevel.MEMORY_ONLY());
      ready.count();
      double write = seconds(() -> ready.write().mode("overwrite").parquet(out));
      ready.unpersist(true);
      Dataset<Row> both = scored(table, model, 0);
      double written = seconds(() -> both.write().mode("overwrite").parquet(out));
      shares[p] = Math.max(compute, write) / written;
      System.out.printf(
          "pair %d: with reasons %.1f us a row, row-wise %.1f us, ratio %.1f; scoring %.2f s, writing %.2f s, both %.2f s, ratio %.2f%n",
          p + 1, 1e6 * ours, 1e6 * theirs, reasons[p], compute, write, written, 1 / shares[p]);
    }
    Arrays.sort(reasons);
    Arrays.sort(shares);
    System.out.printf(
        "scoring and writing take %.2f x the greater of both alone (goal 1.20); contributions differ by %.1e%n",
        1 / shares[pairs / 2], worst);
    System.out.printf(
        "risk-score ratio=%.1f goal=10 quality=%s%n",
        reasons[pairs / 2], worst < 1e-4 ? "ok" : "worse");
    spark.stop();
  }

  private static Dataset<Row> scored(Dataset<Row> rows, RiskModel model, int top) {
    Optional<RowReasons> reasons =
        top == 0
            ? Optional.empty()
            : Optional.of(
                RowReasons.of(new TreeShap((Trees) model.predictor()), model, top, rows.schema()));
    ScoredRows.Plan plan = new ScoredRows.Plan(model, rows.schema(), new int[] {0}, reasons);
    return InternalRows.map(
        rows,
        ScoreSchema.of(Task.BINARY, rows.schema(), List.of("label")),
        part -> new ScoredRows(part, plan));
  }

  /** As users write it: the booster is there, a row comes, its contributions are asked for. */
  private static Dataset<Row> rowWise(Dataset<Row> rows, byte[] model) {
    StructType schema =
        new StructType().add("contributions", DataTypes.createArrayType(DataTypes.FloatType));
    return rows.sparkSession()
        .createDataFrame(
            rows.javaRDD()
                .mapPartitions(
                    part -> {
                      Booster booster = XGBoost.loadModel(model);
                      booster.setParam("nthread", 1);
                      return new RowWise(part, booster);
                    }),
            schema);
  }

  private record RowWise(java.util.Iterator<Row> rows, Booster booster)
      implements java.util.Iterator<Row> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      return RowFactory.create((Object) contributions(rows.next(), booster));
    }
  }

  private static float[] contributions(Row row, Booster booster) {
    float[] values = new float[GbtRows.WIDTH];
    for (int f = 0; f < values.length; f++) {
      values[f] = row.getFloat(f + 1);
    }
    try {
      DMatrix one = new DMatrix(values, 1, values.length, Float.NaN);
      try {
        return booster.predictContrib(one, TREES)[0];
      } finally {
        one.dispose();
      }
    } catch (ml.dmlc.xgboost4j.java.XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** The greatest between both sides' contributions. */
  private static double difference(Dataset<Row> rows, RiskModel model, byte[] booster)
      throws Exception {
    List<Row> some = rows.limit(500).collectAsList();
    Booster peer = XGBoost.loadModel(booster);
    TreeShap shap = new TreeShap((Trees) model.predictor());
    double worst = 0;
    for (Row row : some) {
      float[][] encoded = new float[1][GbtRows.WIDTH];
      for (int f = 0; f < GbtRows.WIDTH; f++) {
        encoded[0][f] = row.getFloat(f + 1);
      }
      double[][] ours = new double[1][GbtRows.WIDTH];
      shap.explain(encoded, 1, 0, ours);
      float[] theirs = contributions(row, peer);
      for (int f = 0; f < GbtRows.WIDTH; f++) {
        worst = Math.max(worst, Math.abs(ours[0][f] - theirs[f]));
      }
    }
    return worst;
  }

  private static byte[] booster(Dataset<Row> rows) throws Exception {
    List<Row> train = rows.collectAsList();
    float[] values = new float[train.size() * GbtRows.WIDTH];
    float[] labels = new float[train.size()];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (float) train.get(r).getDouble(0);
      for (int f = 0; f < GbtRows.WIDTH; f++) {
        values[r * GbtRows.WIDTH + f] = train.get(r).getFloat(f + 1);
      }
    }
    DMatrix matrix = new DMatrix(values, labels.length, GbtRows.WIDTH, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters =
        new TreeMap<>(
            Map.of(
                "objective",
                "binary:logistic",
                "max_depth",
                6,
                "eta",
                0.1,
                "tree_method",
                "hist",
                "nthread",
                2));
    return XGBoost.train(matrix, parameters, TREES, Map.of(), null, null).toByteArray("json");
  }

  private static double noop(Dataset<Row> rows) {
    return seconds(() -> rows.write().format("noop").mode("overwrite").save());
  }

  private static double seconds(Runnable work) {
    long from = System.nanoTime();
    work.run();
    return (System.nanoTime() - from) / 1e9;
  }
}
