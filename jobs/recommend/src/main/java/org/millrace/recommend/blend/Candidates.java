package org.millrace.recommend.blend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;

/**
 * What the members of a blend would give to users, side by side. Scores of different members have
 * nothing in common, so each is moved to 0 to 1 over the user's list: (score - least) / (greatest -
 * least), and is 0 for items that are not in the list.
 */
final class Candidates {
  /** The member that is always there. */
  static final String POPULARITY = "popularity";

  private Candidates() {}

  /** The members' names, in the order of their scores. */
  static List<String> names(Map<String, Recommender> members) {
    List<String> names = new ArrayList<>(members.keySet());
    names.add(POPULARITY);
    return names;
  }

  /**
   * @param popularity columns id, weight
   * @param users column id
   * @param depth items of each member's list
   * @return columns user, item, scores (array of double, by {@link #names}), personal (whether a
   *     member besides popularity gave it)
   */
  static Lists of(
      Map<String, Recommender> members,
      Dataset<Row> popularity,
      Dataset<Row> users,
      Optional<Dataset<Row>> known,
      Optional<Dataset<Row>> items,
      int depth) {
    Map<String, Lists> lists = new LinkedHashMap<>();
    members.forEach((name, model) -> lists.put(name, model.lists(users, known, items, depth)));
    lists.put(
        POPULARITY,
        FactorModel.of(Popularity.users(users), Popularity.items(popularity), popularity)
            .lists(users, known, items, depth));
    List<Dataset<Row>> sides = new ArrayList<>();
    int number = 0;
    for (Lists list : lists.values()) {
      // What a member fills its lists up with is not its own.
      Dataset<Row> own = list.rows().filter(col("reason").equalTo(Recommender.BY_MODEL));
      sides.add(scaled(own).withColumn("member", lit(number++)));
    }
    List<Column> scores = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      scores.add(coalesce(max(when(col("member").equalTo(i), col("scaled"))), lit(0.0)));
    }
    Dataset<Row> rows =
        sides.stream()
            .reduce(Dataset::union)
            .orElseThrow()
            .groupBy("user", "item")
            .agg(
                array(scores.toArray(Column[]::new)).as("scores"),
                min("member").lt(number - 1).as("personal"));
    return new Lists(rows, () -> lists.values().forEach(Lists::close));
  }

  private static Dataset<Row> scaled(Dataset<Row> lists) {
    WindowSpec user = Window.partitionBy("user");
    Column least = min("score").over(user);
    Column range = max("score").over(user).minus(least);
    return lists
        .withColumn("least", least)
        .withColumn("range", range)
        .select(
            col("user"),
            col("item"),
            when(col("range").gt(0), col("score").minus(col("least")).divide(col("range")))
                .otherwise(1.0)
                .as("scaled"));
  }
}
