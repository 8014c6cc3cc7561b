package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.RandomForest;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;

/**
 * Forests on the table of the benchmarks of trees, kept in memory: {@code ours FOLDER}, our
 * settings, or {@code mllib FOLDER}, those that MLlib has by itself. Prints the seconds of the fit,
 * the AUC on test rows, and where the time went ({@link WorkTally}).
 */
public final class ForestBench {
  private ForestBench() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("forest").getOrCreate();
    WorkTally work = new WorkTally();
    spark.sparkContext().addSparkListener(work);
    Dataset<Row> train = assembled(spark, arguments[1] + "/train.parquet");
    Dataset<Row> test = assembled(spark, arguments[1] + "/test.parquet");
    train.count();
    work.begin();
    long from = System.nanoTime();
    Dataset<Row> scored = arguments[0].equals("ours") ? ours(train, test) : mllib(train, test);
    double seconds = (System.nanoTime() - from) / 1e9;
    String told = work.told(seconds, spark.sparkContext().defaultParallelism());
    double auc = new BinaryClassificationEvaluator().setNumBins(0).evaluate(scored);
    System.out.printf("%.3f %.5f %s%n", seconds, auc, told);
    spark.stop();
  }

  private static Dataset<Row> assembled(SparkSession spark, String path) {
    return new VectorAssembler()
        .setInputCols(GbtRows.columns())
        .setOutputCol(Examples.FEATURES)
        .transform(spark.read().parquet(path))
        .select(Examples.FEATURES, Examples.LABEL)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Dataset<Row> mllib(Dataset<Row> train, Dataset<Row> test) {
    return new RandomForestClassifier()
        .setSeed(1)
        .fit(train)
        .transform(test)
        .select(col("label"), col("rawPrediction"));
  }

  private static Dataset<Row> ours(Dataset<Row> train, Dataset<Row> test) {
    List<FeatureMap.Feature> features =
        Stream.of(GbtRows.columns()).map(c -> new FeatureMap.Feature(c, c)).toList();
    Dataset<Row> rows =
        train
            .withColumn(Examples.WEIGHT, lit(1.0))
            .withColumn(Examples.ID, monotonically_increasing_id());
    Fitted fitted =
        new RandomForest(200, 12, 2, 1.0, "auto", 64)
            .fit(new Examples(rows, new FeatureMap(features), Task.BINARY, 2), Optional.empty(), 1);
    var predictor = fitted.predictor();
    JavaRDD<Row> scored =
        test.javaRDD()
            .map(
                row -> {
                  double[] values = ((Vector) row.get(0)).toArray();
                  float[] encoded = new float[values.length];
                  for (int f = 0; f < encoded.length; f++) {
                    encoded[f] = (float) values[f];
                  }
                  double[] raw = new double[1];
                  predictor.raw(encoded, raw);
                  return RowFactory.create(row.getDouble(1), raw[0]);
                });
    return test.sparkSession()
        .createDataFrame(
            scored,
            new StructType()
                .add("label", DataTypes.DoubleType)
                .add("rawPrediction", DataTypes.DoubleType));
  }
}
