package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Recommends what many users of one's segment have. It is a factor model whose rank is the number
 * of segments: a user is 1 at their segment and 0 elsewhere, an item is the share of each segment's
 * users that have it. A share is a mean over the users of the segment and as many of all users as
 * the shrinkage, so that small segments stay near popularity.
 *
 * @param assigned columns user, segment (int, from 1)
 * @param sizes users of each segment
 */
record SegmentLists(Dataset<Row> assigned, List<Long> sizes, double shrinkage) {

  static SegmentLists of(Dataset<Row> assigned, int segments, double shrinkage) {
    long[] sizes = new long[segments];
    for (Row row : assigned.groupBy("segment").count().collectAsList()) {
      sizes[row.getInt(0) - 1] = row.getLong(1);
    }
    return new SegmentLists(assigned, Arrays.stream(sizes).boxed().toList(), shrinkage);
  }

  /**
   * @param rows columns user, item (string) and rating; of users without a segment their items
   *     count alone
   * @return a model that caches until it is closed
   */
  FactorModel fit(Dataset<Row> rows) {
    return FactorModel.materialized(users(), items(rows), Popularity.counts(rows));
  }

  private Dataset<Row> users() {
    int rank = sizes.size();
    UDF1<Integer, float[]> place =
        segment -> {
          float[] features = new float[rank];
          features[segment - 1] = 1;
          return features;
        };
    return assigned.select(
        col("user").as("id"),
        udf(place, DataTypes.createArrayType(DataTypes.FloatType, false))
            .apply(col("segment"))
            .as("features"));
  }

  private Dataset<Row> items(Dataset<Row> rows) {
    long[] users = sizes.stream().mapToLong(size -> size).toArray();
    double mixed = shrinkage;
    long all = Arrays.stream(users).sum();
    UDF2<Seq<Row>, Long, float[]> shares =
        (counts, everywhere) -> {
          double ofAll = everywhere / (double) all;
          double[] had = new double[users.length];
          for (Row counted : JavaConverters.seqAsJavaList(counts)) {
            had[counted.getInt(0) - 1] = counted.getLong(1);
          }
          float[] features = new float[users.length];
          for (int s = 0; s < features.length; s++) {
            features[s] = (float) ((had[s] + mixed * ofAll) / (users[s] + mixed));
          }
          return features;
        };
    return rows.select("user", "item")
        .distinct()
        .join(assigned, new String[] {"user"}, "left")
        .groupBy("item", "segment")
        .agg(count(col("segment")).as("had"))
        .groupBy("item")
        .agg(
            // What only others have comes last in everybody's list.
            collect_list(when(col("segment").isNotNull(), struct("segment", "had"))).as("counts"),
            sum("had").as("everywhere"))
        .select(
            col("item").as("id"),
            udf(shares, DataTypes.createArrayType(DataTypes.FloatType, false))
                .apply(col("counts"), col("everywhere"))
                .as("features"));
  }
}
