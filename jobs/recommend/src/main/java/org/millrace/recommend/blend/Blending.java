package org.millrace.recommend.blend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.struct;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Split;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.Popularity;
import org.millrace.table.KeptTable;

/**
 * Fits members and learns their weights.
 *
 * @param depth candidates of each member
 * @param steps weights are multiples of 1 / steps
 * @param at length of the lists whose NDCG the weights make greatest
 */
record Blending(List<Member> members, int depth, int steps, int at) {

  /** Weights by member, with the NDCG that they and each member alone reach on the judged rows. */
  record Learned(Map<String, Double> weights, double ndcg, Map<String, Double> alone, int tried) {}

  /**
   * Members fitted on rows, with weights learned before.
   *
   * @return a model that caches until it is closed
   */
  BlendModel fit(Dataset<Row> train, Map<String, Double> weights) {
    Map<String, Recommender> fitted = new LinkedHashMap<>();
    try {
      for (Member member : members) {
        fitted.put(member.kind(), member.fit().fit(train));
      }
      KeptTable popularity = KeptTable.of(Popularity.counts(train));
      return new BlendModel(fitted, popularity.rows(), weights, depth, popularity::close);
    } catch (Throwable e) {
      fitted.values().forEach(Recommender::close);
      throw e;
    }
  }

  /**
   * Fits the members on one part and takes the weights of the greatest NDCG on the other, of equal
   * ones the last in the order of the grid.
   */
  Learned learn(Split split, Optional<Double> relevantFrom) {
    List<String> names = new java.util.ArrayList<>(members.stream().map(Member::kind).toList());
    names.add(Candidates.POPULARITY);
    List<double[]> grid = Weights.grid(names.size(), steps);
    double[] ndcg = ndcg(split, relevantFrom, grid);
    int best = 0;
    Map<String, Double> alone = new LinkedHashMap<>();
    for (int i = 0; i < ndcg.length; i++) {
      best = ndcg[i] >= ndcg[best] ? i : best;
      for (int m = 0; m < names.size(); m++) {
        if (grid.get(i)[m] == 1) {
          alone.put(names.get(m), ndcg[i]);
        }
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int m = 0; m < names.size(); m++) {
      weights.put(names.get(m), grid.get(best)[m]);
    }
    return new Learned(weights, ndcg[best], alone, ndcg.length);
  }

  private double[] ndcg(Split split, Optional<Double> relevantFrom, List<double[]> grid) {
    Dataset<Row> relevant =
        RankingQuality.relevant(split, relevantFrom)
            .groupBy("user")
            .agg(collect_set(col("item")).as("relevant"));
    Dataset<Row> users = relevant.select(col("user").as("id"));
    try (BlendModel fitted = fit(split.train(), Map.of());
        Lists candidates =
            Candidates.of(
                fitted.members(),
                fitted.popularity(),
                users,
                Optional.of(split.train()),
                Optional.empty(),
                depth)) {
      Dataset<Row> byUser =
          candidates
              .rows()
              .groupBy("user")
              .agg(array_sort(collect_list(struct("item", "scores"))).as("entries"));
      Dataset<Row> judged =
          relevant
              .join(byUser, new String[] {"user"}, "left")
              .select(
                  coalesce(col("entries.item"), array().cast("array<string>")).as("items"),
                  coalesce(flatten(col("entries.scores")), array().cast("array<double>"))
                      .as("scores"),
                  col("relevant"));
      return Weights.ndcg(judged.javaRDD(), grid, at);
    }
  }
}
