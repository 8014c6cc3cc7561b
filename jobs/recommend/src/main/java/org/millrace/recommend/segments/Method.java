package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.storage.StorageLevel;

/** How users are grouped. */
public enum Method {
  /** MLlib's k-means from k-means|| centers (Bahmani et al., Scalable k-means++, VLDB 2012). */
  K_MEANS {
    @Override
    Vector[] centers(Dataset<Row> points, int k, int iterations, long seed) {
      return new KMeans()
          .setFeaturesCol("features")
          .setK(k)
          .setMaxIter(iterations)
          .setSeed(seed)
          .fit(points)
          .clusterCenters();
    }
  },
  /**
   * MLlib's bisecting k-means (Steinbach, Karypis and Kumar, A comparison of document clustering
   * techniques, KDD workshop 2000): halves groups, those of the most points first.
   */
  BISECTING {
    @Override
    Vector[] centers(Dataset<Row> points, int k, int iterations, long seed) {
      Dataset<Row> away = shifted(points).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return Arrays.stream(
                new BisectingKMeans()
                    .setFeaturesCol("features")
                    .setK(k)
                    .setMaxIter(iterations)
                    .setSeed(seed)
                    .fit(away)
                    .clusterCenters())
            .map(center -> moved(center, -AWAY))
            .toArray(Vector[]::new);
      } finally {
        away.unpersist();
      }
    }
  };

  /**
   * MLlib parts a group by moving its center by a ten thousandth of the center's norm, and so
   * leaves a group around the origin whole. Points here have mean 0: they are moved away first.
   */
  private static final double AWAY = 10;

  /**
   * @param points column features (vector)
   * @return at most k centers
   */
  abstract Vector[] centers(Dataset<Row> points, int k, int iterations, long seed);

  private static Dataset<Row> shifted(Dataset<Row> points) {
    UDF1<Vector, Vector> away = point -> moved(point, AWAY);
    return points.select(
        udf(away, SQLDataTypes.VectorType()).apply(col("features")).as("features"));
  }

  private static Vector moved(Vector point, double by) {
    return Vectors.dense(Arrays.stream(point.toArray()).map(x -> x + by).toArray());
  }
}
