package org.millrace.recommend.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.Metric;
import org.millrace.eval.RankingMetrics;
import org.millrace.recommend.ExactSum;
import org.millrace.table.KeptTable;

/**
 * How good, how wide and how bold lists of recommendations are. What they are judged by is kept
 * until closed, since the lists of several models are judged by it.
 */
public final class RankingEvaluation implements AutoCloseable {

  private static final int QUALITIES = 4;

  /** Columns user, relevant (array of string, a set). */
  private final KeptTable relevant;

  /** Columns item, bits (double): of each item of the train data. */
  private final KeptTable information;

  private RankingEvaluation(KeptTable relevant, KeptTable information) {
    this.relevant = relevant;
    this.information = information;
  }

  /**
   * @param relevant columns user, item (string): what the users turned to in the test data
   * @param train columns user, item (string)
   */
  public static RankingEvaluation by(Dataset<Row> relevant, Dataset<Row> train) {
    double users = train.agg(countDistinct("user")).first().getLong(0);
    List<KeptTable> kept =
        KeptTable.all(
            List.of(
                relevant.groupBy("user").agg(collect_set(col("item")).as("relevant")),
                train
                    .groupBy("item")
                    .agg(log2(lit(users).divide(countDistinct("user"))).as("bits"))));
    return new RankingEvaluation(kept.get(0), kept.get(1));
  }

  /** Who has a relevant item: column user. */
  Dataset<Row> judged() {
    return relevant.rows().select("user");
  }

  /**
   * Averages over the users with at least one relevant item; a user without a list counts with an
   * empty one.
   *
   * @param lists columns user, item (string), rank (int, from 1, no gaps)
   * @param ks lengths at which lists are cut, each at least 1
   * @return for each k: precision@k, recall@k, ndcg@k, map@k as {@link RankingMetrics} defines
   *     them; NaN if no user has a relevant item
   */
  public List<Metric> accuracy(Dataset<Row> lists, List<Integer> ks) {
    requireLengths(ks);
    Dataset<Row> ranked =
        lists
            .filter(col("rank").leq(longest(ks)))
            .groupBy("user")
            .agg(array_sort(collect_list(struct("rank", "item"))).getField("item").as("ranked"));
    Dataset<Row> judged =
        relevant
            .rows()
            .join(ranked, new String[] {"user"}, "left")
            .select(
                coalesce(col("ranked"), array().cast("array<string>")).as("ranked"),
                col("relevant"));
    List<Integer> lengths = List.copyOf(ks);
    MapFunction<Row, Row> judge = row -> judge(row, lengths);
    Dataset<Row> qualities = judged.map(judge, Encoders.row(qualities(lengths.size())));
    return means(qualities, lengths);
  }

  /**
   * Looks at the items of the lists, whether or not they were relevant, over all users with a list.
   *
   * @param lists columns user, item (string), rank (int, from 1)
   * @param ks lengths at which lists are cut, each at least 1
   * @return for each k: coverage@k, the share of the items of the train data that are in some list;
   *     and novelty@k, the mean over all places of all lists of -log2(share of train users who have
   *     the item), in bits: the mean self-information of Zhou et al., Solving the apparent
   *     diversity-accuracy dilemma of recommender systems, PNAS 107(10), 2010; also Vargas and
   *     Castells, Rank and relevance in novelty and diversity metrics for recommender systems,
   *     RecSys 2011. Items that are not in the train data carry no information and are left out of
   *     novelty
   */
  public List<Metric> reach(Dataset<Row> lists, List<Integer> ks) {
    requireLengths(ks);
    double items = information.count();
    Dataset<Row> places =
        lists
            .filter(col("rank").leq(longest(ks)))
            .join(information.rows(), new String[] {"item"}, "left");
    List<Column> sums = new ArrayList<>();
    for (int k : ks) {
      Column within = col("rank").leq(k).and(col("bits").isNotNull());
      sums.add(countDistinct(when(within, col("item"))));
      sums.add(count(when(within, lit(1))));
      sums.add(ExactSum.of(when(within, col("bits"))));
    }
    Row totals = aggregate(places, sums);
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < ks.size(); i++) {
      String at = "@" + ks.get(i);
      metrics.add(Metric.higherIsBetter("coverage" + at, totals.getLong(3 * i) / items));
      metrics.add(
          Metric.higherIsBetter(
              "novelty" + at, totals.getDouble(3 * i + 2) / totals.getLong(3 * i + 1)));
    }
    return metrics;
  }

  /** What is measured at lengths, by name. */
  public static List<String> names(List<Integer> ks) {
    return ks.stream()
        .flatMap(
            k ->
                Stream.of("precision", "recall", "ndcg", "map", "coverage", "novelty")
                    .map(name -> name + "@" + k))
        .toList();
  }

  @Override
  public void close() {
    relevant.close();
    information.close();
  }

  private static Row judge(Row row, List<Integer> ks) {
    List<String> ranked = row.getList(0);
    Set<String> relevant = new HashSet<>(row.<String>getList(1));
    Object[] values = new Object[QUALITIES * ks.size()];
    int next = 0;
    for (int k : ks) {
      values[next++] = RankingMetrics.precisionAt(ranked, relevant, k);
      values[next++] = RankingMetrics.recallAt(ranked, relevant, k);
      values[next++] = RankingMetrics.ndcgAt(ranked, relevant, k);
      values[next++] = RankingMetrics.averagePrecisionAt(ranked, relevant, k);
    }
    return RowFactory.create(values);
  }

  private static List<Metric> means(Dataset<Row> qualities, List<Integer> ks) {
    List<Column> sums = new ArrayList<>();
    sums.add(count(lit(1)));
    for (String column : qualities.columns()) {
      sums.add(ExactSum.of(col(column)));
    }
    Row totals = aggregate(qualities, sums);
    long users = totals.getLong(0);
    List<Metric> metrics = new ArrayList<>();
    int next = 1;
    for (int k : ks) {
      for (String name : List.of("precision@", "recall@", "ndcg@", "map@")) {
        metrics.add(Metric.higherIsBetter(name + k, totals.getDouble(next++) / users));
      }
    }
    return metrics;
  }

  private static StructType qualities(int lengths) {
    StructType schema = new StructType();
    for (int i = 0; i < QUALITIES * lengths; i++) {
      schema = schema.add("quality" + i, DataTypes.DoubleType, false);
    }
    return schema;
  }

  private static Row aggregate(Dataset<Row> rows, List<Column> columns) {
    return rows.agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
        .first();
  }

  private static int longest(List<Integer> ks) {
    return ks.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static void requireLengths(List<Integer> ks) {
    if (ks.isEmpty() || ks.stream().anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException("ks must be lengths of at least 1, was " + ks);
    }
  }
}
