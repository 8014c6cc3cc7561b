package org.millrace.recommend.factor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.table.KeptTable;
import scala.collection.Seq;

/**
 * Users and items as vectors of one length; the score of an item for a user is their dot product.
 *
 * <p>Columns: users and items have id (string) and features (array of float); popularity has id
 * (string), weight (double): the item's total strength in training, the number of its ratings when
 * feedback is explicit.
 */
public final class FactorModel implements Recommender {

  private final Dataset<Row> users;
  private final Dataset<Row> items;
  private final Dataset<Row> popularity;
  private final List<KeptTable> kept;

  private FactorModel(
      Dataset<Row> users, Dataset<Row> items, Dataset<Row> popularity, List<KeptTable> kept) {
    this.users = users.select("id", "features");
    this.items = items.select("id", "features");
    this.popularity = popularity.select("id", "weight");
    this.kept = List.copyOf(kept);
  }

  /** A model over tables that exist, such as those of a stored model; nothing is cached. */
  public static FactorModel of(Dataset<Row> users, Dataset<Row> items, Dataset<Row> popularity) {
    return new FactorModel(users, items, popularity, List.of());
  }

  /**
   * A model over tables that are dear to compute: they are computed here, and kept until closed.
   */
  public static FactorModel materialized(
      Dataset<Row> users, Dataset<Row> items, Dataset<Row> popularity) {
    List<KeptTable> kept = KeptTable.all(List.of(users, items, popularity));
    return new FactorModel(kept.get(0).rows(), kept.get(1).rows(), kept.get(2).rows(), kept);
  }

  @Override
  public Dataset<Row> users() {
    return users;
  }

  public Dataset<Row> items() {
    return items;
  }

  @Override
  public Dataset<Row> popularity() {
    return popularity;
  }

  /**
   * Scores the pairs whose user and item the model knows; the others are dropped.
   *
   * @param pairs columns user and item (string), and any others, which are kept
   * @return the pairs with a column prediction (double)
   */
  public Dataset<Row> predict(Dataset<Row> pairs) {
    UDF2<Seq<Float>, Seq<Float>, Double> product = FactorModel::product;
    return pairs
        .join(users.select(col("id").as("user"), col("features").as("userFeatures")), "user")
        .join(items.select(col("id").as("item"), col("features").as("itemFeatures")), "item")
        .withColumn(
            "prediction",
            udf(product, DataTypes.DoubleType).apply(col("userFeatures"), col("itemFeatures")))
        .drop("userFeatures", "itemFeatures");
  }

  /** By {@link TopK}: the greatest dot products. */
  @Override
  public Lists lists(
      Dataset<Row> ids, Optional<Dataset<Row>> known, Optional<Dataset<Row>> among, int k) {
    TopK engine = TopK.of(this).forUsers(ids);
    TopK limited = among.map(engine::amongItems).orElse(engine);
    Lists lists = known.map(limited::excluding).orElse(limited).lists(k);
    return new Lists(lists.rows().withColumn("reason", lit(BY_MODEL)), lists::close);
  }

  @Override
  public void close() {
    kept.forEach(KeptTable::close);
  }

  private static double product(Seq<Float> user, Seq<Float> item) {
    float[] u = Vectors.read(user);
    return Vectors.dot(u, 0, Vectors.read(item), 0, u.length);
  }
}
