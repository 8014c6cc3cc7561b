package org.millrace.recommend.factor;

import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.table.KeptTable;

/**
 * The lists that users are served: those of a model, and the most popular items for whom it does
 * not know. Models are measured by the same lists that are published.
 */
public final class ServedLists {
  private ServedLists() {}

  /**
   * @param users column id
   * @param known columns user, item: pairs that are left out
   * @param items column id: the only items that are given; empty for all
   * @param k longest list, at least 1
   * @return columns user, rank, item, score, reason
   */
  public static Lists of(
      Recommender model,
      Dataset<Row> users,
      Optional<Dataset<Row>> known,
      Optional<Dataset<Row>> items,
      int k) {
    Lists personal = model.lists(users, known, items, k);
    try {
      KeptTable strangers =
          KeptTable.of(
              users
                  .select("id")
                  .join(model.users().select("id"), new String[] {"id"}, "left_anti"));
      return strangers.isEmpty()
          ? new Lists(inOrder(personal.rows()), personal::close)
          : withPopular(personal, strangers, model, known, items, k);
    } catch (Throwable e) { // Spark throws checked exceptions that no signature names.
      personal.close();
      throw e;
    }
  }

  private static Lists withPopular(
      Lists personal,
      KeptTable strangers,
      Recommender model,
      Optional<Dataset<Row>> known,
      Optional<Dataset<Row>> items,
      int k) {
    FactorModel popularity =
        FactorModel.of(
            Popularity.users(strangers.rows()),
            Popularity.items(model.popularity()),
            model.popularity());
    try {
      Lists popular = popularity.lists(strangers.rows(), known, items, k);
      return new Lists(
          inOrder(personal.rows())
              .unionByName(
                  inOrder(popular.rows().withColumn("reason", lit(Recommender.BY_POPULARITY)))),
          () -> {
            popular.close();
            strangers.close();
            personal.close();
          });
    } catch (Throwable e) {
      strangers.close();
      throw e;
    }
  }

  private static Dataset<Row> inOrder(Dataset<Row> lists) {
    return lists.select("user", "rank", "item", "score", "reason");
  }
}
