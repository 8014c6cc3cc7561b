package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.EncodedRows;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.risk.features.FeaturesConfig;
import org.millrace.risk.features.RowEncoder;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.GradientBoosting;
import org.millrace.risk.model.Task;

/**
 * Gradient boosting from a Parquet file, by us or by Spark's GBTClassifier: prints the seconds from
 * the first read to the model, and its AUC on test rows.
 */
public final class GbtBench {
  private static final int TREES = 100;

  private GbtBench() {}

  /** {@code data FOLDER TRAIN TEST}, {@code ours FOLDER BINS} or {@code spark FOLDER TREES}. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("gbt").getOrCreate();
    // Libraries are loaded before the clock runs, as Python imports its own.
    spark.range(10).selectExpr("sum(id)").collectAsList();
    String train = arguments[1] + "/train.parquet";
    String test = arguments[1] + "/test.parquet";
    switch (arguments[0]) {
      case "data" -> {
        long rows = Long.parseLong(arguments[2]);
        GbtRows.write(spark, 0, rows, train);
        GbtRows.write(spark, rows, rows + Long.parseLong(arguments[3]), test);
      }
      case "ours" -> {
        load();
        ours(
            spark.read().parquet(train),
            spark.read().parquet(test),
            Integer.parseInt(arguments[2]));
      }
      default -> sparks(spark.read().parquet(train), spark.read().parquet(test), arguments[2]);
    }
    spark.stop();
  }

  /** Encoders for the table. */
  static RowEncoder encoder(Dataset<Row> rows) {
    return new EncodingFitter(
            new FeaturesConfig(List.of(), Map.of(), 20, 5, 64, Optional.empty(), 64))
        .fit(
            rows,
            Arrays.stream(GbtRows.columns())
                .map(column -> new FeatureColumn(column, ColumnKind.NUMERIC))
                .toList())
        .encoder();
  }

  static Fitted boost(Dataset<Row> rows, RowEncoder encoder, int bins) {
    Dataset<Row> table =
        EncodedRows.of(
                rows, Examples.FEATURES, encoder, Map.of(), Examples.FOLD, List.of(Examples.LABEL))
            .withColumn(Examples.WEIGHT, lit(1.0))
            .withColumn(Examples.ID, monotonically_increasing_id());
    Examples examples = new Examples(table, encoder.features(), Task.BINARY, 2);
    return new GradientBoosting(TREES, 0.1, 6, 1, 1, 1, 0, 1, 0, bins, 0, Map.of())
        .fit(examples, Optional.empty(), 1);
  }

  /** Loads the native library. */
  private static void load() {
    try {
      new DMatrix(new float[1], 1, 1, Float.NaN).dispose();
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ours(Dataset<Row> train, Dataset<Row> test, int bins) {
    long from = System.nanoTime();
    RowEncoder encoder = encoder(train);
    Fitted fitted = boost(train, encoder, bins);
    double seconds = (System.nanoTime() - from) / 1e9;
    RowEncoder.Bound bound = encoder.bind(test.schema());
    var predictor = fitted.predictor();
    JavaRDD<Row> scored =
        test.javaRDD()
            .map(
                row -> {
                  float[] encoded = new float[bound.size()];
                  double[] raw = new double[1];
                  bound.encode(row, encoded);
                  predictor.raw(encoded, raw);
                  return RowFactory.create(row.getDouble(0), raw[0]);
                });
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("rawPrediction", DataTypes.DoubleType);
    tell(seconds, test.sparkSession().createDataFrame(scored, schema));
  }

  /**
   * Spark's own, with its defaults beside what is compared; it keeps the rows in memory, as it
   * must.
   */
  private static void sparks(Dataset<Row> train, Dataset<Row> test, String trees) {
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(GbtRows.columns()).setOutputCol("features");
    long from = System.nanoTime();
    var model =
        new GBTClassifier()
            .setMaxIter(Integer.parseInt(trees))
            .setMaxDepth(6)
            .setStepSize(0.1)
            .setSeed(1)
            .fit(assembler.transform(train).select("features", "label").cache());
    double seconds = (System.nanoTime() - from) / 1e9;
    tell(
        seconds,
        model.transform(assembler.transform(test)).select(col("label"), col("rawPrediction")));
  }

  private static void tell(double seconds, Dataset<Row> scored) {
    double auc = new BinaryClassificationEvaluator().setNumBins(0).evaluate(scored);
    System.out.printf("%.3f %.5f%n", seconds, auc);
  }
}
