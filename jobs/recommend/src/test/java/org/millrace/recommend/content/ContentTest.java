package org.millrace.recommend.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Tables;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.testing.LocalSpark;

class ContentTest {
  private static final ItemFeature GENRES =
      new ItemFeature("genres", 1, new Encoding.Categories("|"));

  private static Dataset<Row> items(Row... rows) {
    return LocalSpark.session()
        .createDataFrame(
            List.of(rows),
            new StructType()
                .add("item", DataTypes.StringType)
                .add("genres", DataTypes.StringType)
                .add("title", DataTypes.StringType)
                .add("year", DataTypes.DoubleType));
  }

  private static Row item(String id, String genres, String title, Double year) {
    return RowFactory.create(id, genres, title, year);
  }

  private static final List<Row> FOUR =
      List.of(
          item("a", "Drama", "The sea", 1950.0),
          item("b", "Drama|War", "The sea again", 1960.0),
          item("c", "Comedy", "A cat", 2000.0),
          item("d", "Comedy | War", null, null));

  private static Map<String, Map<String, Double>> vectors(List<ItemFeature> features) {
    Map<String, Map<String, Double>> vectors = new HashMap<>();
    for (Row row :
        new Content(features, Values.BINARY)
            .vectors(items(FOUR.toArray(Row[]::new)))
            .collectAsList()) {
      vectors
          .computeIfAbsent(row.getString(0), id -> new HashMap<>())
          .put(row.getString(1), row.getDouble(2));
    }
    return vectors;
  }

  private static double cosine(Map<String, Double> a, Map<String, Double> b) {
    return a.entrySet().stream()
        .mapToDouble(e -> e.getValue() * b.getOrDefault(e.getKey(), 0.0))
        .sum();
  }

  @Test
  void severalValuesWeighByTheirRarity() {
    Map<String, Map<String, Double>> vectors = vectors(List.of(GENRES));

    // Each of three genres is of two of four items: all are equally rare.
    assertThat(vectors.get("a")).containsOnlyKeys("genres=Drama");
    assertThat(vectors.get("d").get("genres=War")).isEqualTo(Math.sqrt(0.5), within(1e-12));
    assertThat(cosine(vectors.get("a"), vectors.get("b"))).isEqualTo(Math.sqrt(0.5), within(1e-9));
    assertThat(cosine(vectors.get("b"), vectors.get("d"))).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void theCosineIsTheWeightedMeanOfTheColumnsOwn() {
    ItemFeature title = new ItemFeature("title", 3, new Encoding.Text(1 << 18));
    double genres = cosine(vectors(List.of(GENRES)).get("a"), vectors(List.of(GENRES)).get("b"));
    double titles = cosine(vectors(List.of(title)).get("a"), vectors(List.of(title)).get("b"));
    Map<String, Map<String, Double>> both = vectors(List.of(GENRES, title));

    // "the" and "sea" are of two of three titles, "again" of one: (log(4/3)^2 2) / (|a| |b|).
    double common = Math.log(4 / 3.0);
    double own = Math.log(4 / 2.0);
    assertThat(titles)
        .isEqualTo(
            Math.sqrt(2) * common / Math.sqrt(2 * common * common + own * own), within(1e-9));
    assertThat(cosine(both.get("a"), both.get("b")))
        .isEqualTo((genres + 3 * titles) / 4, within(1e-9));
    assertThat(cosine(both.get("d"), both.get("d"))).isEqualTo(1, within(1e-9));
  }

  @Test
  void numbersAreAlikeWhereTheyAreNear() {
    Map<String, Map<String, Double>> vectors =
        vectors(List.of(new ItemFeature("year", 1, new Encoding.Numeric())));
    double deviation = Math.sqrt((20 * 20 + 10 * 10 + 30 * 30) / 3.0);

    assertThat(vectors).containsOnlyKeys("a", "b", "c");
    assertThat(cosine(vectors.get("a"), vectors.get("b")))
        .isEqualTo(Math.cos(Math.PI / 2 * 10 / (6 * deviation)), within(1e-9));
    assertThat(cosine(vectors.get("a"), vectors.get("c")))
        .isLessThan(cosine(vectors.get("b"), vectors.get("c")));
  }

  @Test
  void usersGetWhatIsLikeWhatTheyHadAndNewItemsToo() {
    Dataset<Row> train =
        Tables.ratings(
            Tables.rating("u", "a", 5), Tables.rating("v", "c", 5), Tables.rating("v", "b", 1));
    Dataset<Row> popularity =
        train.groupBy("item").count().selectExpr("item as id", "cast(count as double) as weight");
    try (SparseModel model =
            new Content(List.of(GENRES), Values.CENTERED)
                .fit(train, items(FOUR.toArray(Row[]::new)), popularity);
        Lists lists =
            model.lists(
                model.users().select("id"),
                Optional.of(train.select("user", "item")),
                Optional.empty(),
                1)) {
      Map<String, String> best = new HashMap<>();
      lists.rows().collectAsList().forEach(r -> best.put(r.getAs("user"), r.getAs("item")));
      // v liked the comedy and not the drama with war: d, which nobody had, is the other comedy.
      assertThat(best).containsEntry("v", "d");
      assertThat(model.users().count()).isEqualTo(1); // u had but one: no deviation from the mean.
    }
  }

  @Test
  void equalNumbersAndCommonValuesTellNothing() {
    Dataset<Row> alike = items(item("a", "X", "", 1.0), item("b", "X", "?!", 1.0));
    List<ItemFeature> all =
        List.of(
            GENRES,
            new ItemFeature("title", 1, new Encoding.Text(16)),
            new ItemFeature("year", 1, new Encoding.Numeric()));

    assertThat(new Content(all, Values.BINARY).vectors(alike).count()).isZero();
  }
}
