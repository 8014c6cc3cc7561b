package org.millrace.recommend.sparse;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.table.IdIndex;
import org.millrace.table.KeptTable;

/**
 * Lists by neighbours: the score of an item for a user is the sum over the user's keys of the key's
 * weight times the item's value in the key's row.
 *
 * <p>Between items, a user's keys are the items that they had, and an item's row are its neighbours
 * with their similarities (Deshpande and Karypis, Item-based top-N recommendation algorithms, TOIS
 * 22(1), 2004). Between users, the keys are the user's neighbours, and a user's row are the items
 * that they had.
 *
 * <p>Columns: users have id, keys (array of string), weights (array of float); rows have id, items
 * (array of string), values (array of float); popularity has id, weight (double).
 */
public final class SparseModel implements Recommender {
  private final Dataset<Row> users;
  private final Dataset<Row> rows;
  private final Dataset<Row> popularity;
  private final Runnable release;

  private SparseModel(
      Dataset<Row> users, Dataset<Row> rows, Dataset<Row> popularity, Runnable release) {
    this.users = users.select("id", "keys", "weights");
    this.rows = rows.select("id", "items", "values");
    this.popularity = popularity.select("id", "weight");
    this.release = release;
  }

  /** A model over tables that exist, such as those of a stored model; nothing is cached. */
  public static SparseModel of(Dataset<Row> users, Dataset<Row> rows, Dataset<Row> popularity) {
    return new SparseModel(users, rows, popularity, () -> {});
  }

  /**
   * Tables that are dear to compute: they are computed here, and kept until closed.
   *
   * @param source what they are computed from, which a lost executor can make needed again;
   *     released with the model
   */
  public static SparseModel materialized(
      Dataset<Row> users, Dataset<Row> rows, Dataset<Row> popularity, Runnable source) {
    List<KeptTable> kept;
    try {
      kept = KeptTable.all(List.of(users, rows, popularity));
    } catch (Throwable e) {
      source.run();
      throw e;
    }
    return new SparseModel(
        kept.get(0).rows(),
        kept.get(1).rows(),
        kept.get(2).rows(),
        () -> {
          kept.forEach(KeptTable::close);
          source.run();
        });
  }

  @Override
  public Dataset<Row> users() {
    return users;
  }

  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public Dataset<Row> popularity() {
    return popularity;
  }

  @Override
  public Lists lists(
      Dataset<Row> ids, Optional<Dataset<Row>> known, Optional<Dataset<Row>> among, int k) {
    IdIndex items = IdIndex.of(popularity, "id");
    IdIndex keys = IdIndex.of(rows, "id");
    Dataset<Row> allowed =
        among
            .map(only -> popularity.join(only, new String[] {"id"}, "left_semi"))
            .orElse(popularity);
    SparseRows matrix =
        SparseRows.broadcast(matrix(keys, items, allowed), keys.size(), items.size());
    Dataset<Row> wanted = encodedUsers(keys, ids, known.map(pairs -> positions(items, pairs)));
    Row longest = wanted.agg(max(size(col("known")))).first();
    int mostKnown = longest.isNullAt(0) ? 0 : Math.max(0, longest.getInt(0));
    Broadcast<int[]> popular = mostPopular(items, allowed, (long) k + mostKnown);
    Dataset<Row> scored =
        wanted.mapPartitions(
            new ListScorer(matrix.reader(), popular, k), Encoders.row(ListScorer.SCHEMA));
    return new Lists(
        items.decode(scored, "item"),
        () -> {
          matrix.close();
          popular.destroy();
          keys.close();
          items.close();
        });
  }

  /** Columns row, columns, values: the allowed items by number. */
  private Dataset<Row> matrix(IdIndex keys, IdIndex items, Dataset<Row> allowed) {
    Dataset<Row> entries =
        rows.select(
                col("id").as("row"), explode(arrays_zip(col("items"), col("values"))).as("entry"))
            .select(col("row"), col("entry.items").as("column"), col("entry.values").as("value"))
            .join(allowed.select(col("id").as("column")), new String[] {"column"}, "left_semi");
    return UnitRows.gathered(
        items
            .encode(keys.encode(entries, "row"), "column")
            .select(col("row"), col("column"), col("value")));
  }

  /** Columns id, columns, weights, known: numbers of keys and of items. */
  private Dataset<Row> encodedUsers(IdIndex keys, Dataset<Row> ids, Optional<Dataset<Row>> known) {
    Dataset<Row> wanted = users.join(ids.select("id"), new String[] {"id"}, "left_semi");
    Dataset<Row> byKey =
        keys.encode(
                wanted
                    .select(col("id"), explode(arrays_zip(col("keys"), col("weights"))).as("entry"))
                    .select(
                        col("id"), col("entry.keys").as("key"), col("entry.weights").as("weight")),
                "key")
            .groupBy("id")
            .agg(array_sort(collect_list(struct("key", "weight"))).as("entries"));
    // Users of whom no key has a row get what is popular.
    Dataset<Row> all =
        wanted
            .select("id")
            .join(byKey, new String[] {"id"}, "left")
            .selectExpr(
                "id",
                "coalesce(entries.key, cast(array() as array<int>)) as columns",
                "coalesce(entries.weight, cast(array() as array<float>)) as weights");
    return known
        .map(k -> all.join(k, new String[] {"id"}, "left"))
        .orElseGet(() -> all.withColumn("known", lit(null).cast("array<int>")));
  }

  private static Dataset<Row> positions(IdIndex items, Dataset<Row> pairs) {
    return items
        .encode(pairs.select(col("user").as("id"), col("item")), "item")
        .groupBy("id")
        .agg(collect_set(col("item")).as("known"));
  }

  /** So many that a user who has the longest list of known items still finds k. */
  private static Broadcast<int[]> mostPopular(IdIndex items, Dataset<Row> allowed, long enough) {
    int[] numbers =
        items
            .encode(allowed, "id")
            .orderBy(col("weight").desc(), col("id"))
            .limit((int) Math.min(enough, Integer.MAX_VALUE - 8))
            .select("id")
            .collectAsList()
            .stream()
            .mapToInt(row -> row.getInt(0))
            .toArray();
    return JavaSparkContext.fromSparkContext(allowed.sparkSession().sparkContext())
        .broadcast(numbers);
  }

  @Override
  public void close() {
    release.run();
  }
}
