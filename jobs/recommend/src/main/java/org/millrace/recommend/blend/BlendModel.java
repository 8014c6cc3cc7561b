package org.millrace.recommend.blend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.table.KeptTable;

/**
 * Lists by a weighted sum of what several recommenders say, each on a scale of 0 to 1 over the
 * user's best candidates.
 *
 * @param members by name, in order
 * @param popularity columns id, weight
 * @param weights by name, of the members and of popularity; they sum to 1
 * @param depth candidates of each member
 * @param release frees what popularity is kept in
 */
public record BlendModel(
    Map<String, Recommender> members,
    Dataset<Row> popularity,
    Map<String, Double> weights,
    int depth,
    Runnable release)
    implements Recommender {

  /** All whom a member can serve. */
  @Override
  public Dataset<Row> users() {
    return members.values().stream()
        .map(m -> m.users().select("id"))
        .reduce(Dataset::union)
        .orElseThrow()
        .distinct();
  }

  /** An item that popularity alone brings has its reason. */
  @Override
  public Lists lists(
      Dataset<Row> ids, Optional<Dataset<Row>> known, Optional<Dataset<Row>> items, int k) {
    KeptTable served =
        KeptTable.of(ids.select("id").join(users(), new String[] {"id"}, "left_semi"));
    Lists candidates =
        Candidates.of(members, popularity, served.rows(), known, items, Math.max(depth, k));
    List<String> names = Candidates.names(members);
    Column score = lit(0.0);
    for (int i = 0; i < names.size(); i++) {
      score = score.plus(col("scores").getItem(i).multiply(weights.get(names.get(i))));
    }
    Column byPopularity = col("scores").getItem(names.size() - 1);
    Dataset<Row> rows =
        candidates
            .rows()
            .withColumn("score", score)
            .withColumn(
                "rank",
                row_number()
                    .over(
                        Window.partitionBy("user")
                            .orderBy(col("score").desc(), byPopularity.desc(), col("item"))))
            .filter(col("rank").leq(k))
            .select(
                col("user"),
                col("item"),
                col("rank"),
                col("score"),
                when(col("personal"), BY_MODEL).otherwise(BY_POPULARITY).as("reason"));
    return new Lists(
        rows,
        () -> {
          candidates.close();
          served.close();
        });
  }

  @Override
  public void close() {
    members.values().forEach(Recommender::close);
    release.run();
  }
}
