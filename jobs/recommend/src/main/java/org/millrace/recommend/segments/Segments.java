package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.outcome.Stop;

/**
 * Groups of users around centers, the greatest first.
 *
 * @param centers of the points' features
 * @param silhouettes by number of groups that was tried: how much nearer points are to their own
 *     group than to the next, -1 to 1 (Rousseeuw, 1987; squared Euclidean distances, as MLlib)
 */
record Segments(List<double[]> centers, Map<Integer, Double> silhouettes) {
  /**
   * Tries numbers of groups and takes the one of the greatest silhouette, of equal ones the
   * smallest. Numbers beyond that of different points are left out.
   *
   * @param points columns user, features; gone over many times
   * @param ks numbers of groups, each at least 2
   * @throws Stop exit 3 where there are fewer different points than groups
   */
  static Segments of(
      Dataset<Row> points, Method method, List<Integer> ks, int iterations, long seed) {
    Map<Integer, Double> silhouettes = new LinkedHashMap<>();
    List<double[]> best = List.of();
    double greatest = Double.NEGATIVE_INFINITY;
    int most = Collections.max(ks); // More need not be told apart.
    long different = points.select("features").distinct().limit(most).count();
    for (int k : ks.stream().sorted().distinct().filter(k -> k <= different).toList()) {
      List<double[]> centers =
          Arrays.stream(method.centers(points, k, iterations, seed)).map(Vector::toArray).toList();
      Dataset<Row> assigned = assign(points, centers);
      if (assigned.select("segment").distinct().limit(2).count() < 2) {
        continue;
      }
      double silhouette =
          new ClusteringEvaluator()
              .setFeaturesCol("features")
              .setPredictionCol("segment")
              .evaluate(assigned);
      silhouettes.put(k, silhouette);
      if (silhouette > greatest) {
        greatest = silhouette;
        best = centers;
      }
    }
    if (best.isEmpty()) {
      throw Stop.contract(
          "users cannot be told apart by their columns: there are %d different ones (counted to %d), and no number of segments of k = %s gives two that"
              + " are not empty. Name other columns, or fewer segments",
          different, most, ks);
    }
    return new Segments(bySize(points, best), silhouettes);
  }

  private static List<double[]> bySize(Dataset<Row> points, List<double[]> centers) {
    long[] sizes = new long[centers.size()];
    for (Row row : assign(points, centers).groupBy("segment").count().collectAsList()) {
      sizes[row.getInt(0) - 1] = row.getLong(1);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] > 0) {
        order.add(i);
      }
    }
    order.sort(
        Comparator.comparingLong((Integer i) -> -sizes[i])
            .thenComparing(centers::get, Arrays::compare));
    return order.stream().map(centers::get).toList();
  }

  /** Adds the columns segment (int, from 1) and distance (double, Euclidean). */
  Dataset<Row> assigned(Dataset<Row> points) {
    List<double[]> all = centers;
    UDF1<Vector, Double> distance = x -> Math.sqrt(squared(x, all.get(nearest(x, all))));
    return assign(points, centers)
        .withColumn("distance", udf(distance, DataTypes.DoubleType).apply(col("features")));
  }

  private static Dataset<Row> assign(Dataset<Row> points, List<double[]> centers) {
    List<double[]> all = new ArrayList<>(centers);
    UDF1<Vector, Integer> segment = x -> nearest(x, all) + 1;
    return points.withColumn("segment", udf(segment, DataTypes.IntegerType).apply(col("features")));
  }

  private static int nearest(Vector point, List<double[]> centers) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centers.size(); i++) {
      double squared = squared(point, centers.get(i));
      if (squared < least) {
        least = squared;
        nearest = i;
      }
    }
    return nearest;
  }

  private static double squared(Vector point, double[] center) {
    return Vectors.sqdist(point, Vectors.dense(center));
  }
}
