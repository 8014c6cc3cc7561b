package org.millrace.recommend.blend;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.Recommender;

/**
 * A recommender that a blend is made of.
 *
 * @param kind such as {@code als}: the name of its folder in the model, and of its weight
 */
record Member(String kind, Fit fit) {
  /** Learns from rows. */
  @FunctionalInterface
  interface Fit {
    /**
     * @param train columns user, item (string), rating (double), timestamp
     * @return a model that caches until it is closed
     */
    Recommender fit(Dataset<Row> train);
  }
}
