package org.millrace.risk.learn;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;
import org.millrace.risk.trees.ForestTrees;
import org.millrace.risk.trees.Trees;

/**
 * The random forest of MLlib (Breiman 2001).
 *
 * @param trees 1 to 10000
 * @param depth decisions of a tree one after the other, 1 to 30
 * @param minRows least rows in a leaf, at least 1
 * @param subsample share of the rows that a tree sees, in (0, 1]
 * @param features share of the features that a decision chooses among: auto, all, sqrt, log2,
 *     onethird, or a number
 * @param bins that a feature's values are divided into, 2 to 65535
 */
public record RandomForest(
    int trees, int depth, int minRows, double subsample, String features, int bins)
    implements Learner {

  /**
   * Stands for a missing value where the forest is grown: above every threshold, so that such rows
   * go right there, as rows without a value do in {@link ForestTrees}.
   */
  private static final double MISSING = Float.MAX_VALUE;

  private static final StructType SCHEMA =
      new StructType()
          .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
          .add(Examples.LABEL, DataTypes.DoubleType, false)
          .add(Examples.WEIGHT, DataTypes.DoubleType, false);

  public RandomForest {
    Check.that(trees >= 1 && trees <= 10_000, "trees", trees, "1 to 10000");
    Check.that(depth >= 1 && depth <= 30, "depth", depth, "1 to 30");
    Check.that(minRows >= 1, "min-rows", minRows, "1 or more");
    Check.that(subsample > 0 && subsample <= 1, "subsample", subsample, "above 0, to 1");
    Check.that(
        features.matches("auto|all|sqrt|log2|onethird|[1-9][0-9]*|0?\\.[0-9]*[1-9][0-9]*|1\\.0"),
        "features",
        features,
        "auto, all, sqrt, log2, onethird, a number of features or a share of them");
    Check.that(bins >= 2 && bins <= 65_535, "bins", bins, "2 to 65535");
  }

  @Override
  public String name() {
    return "random-forest";
  }

  @Override
  public String parameters() {
    return "trees %d, depth %d, min-rows %d, subsample %s, features %s"
        .formatted(trees, depth, minRows, subsample, features);
  }

  @Override
  public boolean learns(Task task) {
    return task != Task.ANOMALY;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    Dataset<Row> table = complete(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Trees grown = rows.task() == Task.REGRESSION ? regress(table, seed) : classify(table, seed);
      return new Fitted(
          grown,
          Link.IDENTITY,
          0,
          "A random forest of Spark MLlib with %s.".formatted(parameters()));
    } finally {
      table.unpersist();
    }
  }

  private Trees classify(Dataset<Row> table, long seed) {
    return ForestTrees.of(
        new RandomForestClassifier()
            .setNumTrees(trees)
            .setMaxDepth(depth)
            .setMinInstancesPerNode(minRows)
            .setSubsamplingRate(subsample)
            .setFeatureSubsetStrategy(features)
            .setMaxBins(bins)
            .setMaxMemoryInMB(512)
            .setSeed(seed)
            .setWeightCol(Examples.WEIGHT)
            .fit(table));
  }

  private Trees regress(Dataset<Row> table, long seed) {
    return ForestTrees.of(
        new RandomForestRegressor()
            .setNumTrees(trees)
            .setMaxDepth(depth)
            .setMinInstancesPerNode(minRows)
            .setSubsamplingRate(subsample)
            .setFeatureSubsetStrategy(features)
            .setMaxBins(bins)
            .setMaxMemoryInMB(512)
            .setSeed(seed)
            .setWeightCol(Examples.WEIGHT)
            .fit(table));
  }

  private static Dataset<Row> complete(Examples examples) {
    JavaRDD<Row> rows =
        examples
            .rows()
            .select(Examples.FEATURES, Examples.LABEL, Examples.WEIGHT)
            .javaRDD()
            .map(
                row -> {
                  double[] values = ((DenseVector) row.get(0)).values().clone();
                  for (int f = 0; f < values.length; f++) {
                    values[f] = Double.isNaN(values[f]) ? MISSING : values[f];
                  }
                  return RowFactory.create(
                      Vectors.dense(values), row.getDouble(1), row.getDouble(2));
                });
    return examples.rows().sparkSession().createDataFrame(rows, SCHEMA);
  }
}
