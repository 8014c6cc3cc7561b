package org.millrace.recommend;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A fitted model that makes lists of items, whatever it knows of users and items. */
public interface Recommender extends AutoCloseable {
  /** The reason of an item that the model chose for this user. */
  String BY_MODEL = "model";

  /** The reason of an item that everybody gets who has not got it. */
  String BY_POPULARITY = "popular";

  /** Whom it can serve: column id (string) and others. */
  Dataset<Row> users();

  /** Columns id (string) of an item and weight (double), its strength in training. */
  Dataset<Row> popularity();

  /**
   * The best items of each user.
   *
   * @param users column id; those whom the model does not know get no list
   * @param known columns user, item: pairs that are left out
   * @param items column id: the only items that are given; empty for all
   * @param k longest list, at least 1
   * @return columns user, item, rank, score, reason
   */
  Lists lists(
      Dataset<Row> users, Optional<Dataset<Row>> known, Optional<Dataset<Row>> items, int k);

  @Override
  void close();
}
