package org.millrace.recommend.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Lists;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.neighbour.Neighbours.Between;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.testing.LocalSpark;

class NeighboursTest {
  private static final NeighbourSearch EXACT = new NeighbourSearch.Exact();

  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("user", DataTypes.StringType)
                .add("item", DataTypes.StringType)
                .add("rating", DataTypes.DoubleType));
  }

  private static Dataset<Row> popularity(Dataset<Row> ratings) {
    return ratings.groupBy("item").count().selectExpr("item as id", "cast(count as double) weight");
  }

  /** 40 users, 30 items, a third of the cells. */
  private static List<Row> random(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int u = 0; u < 40; u++) {
      for (int i = 0; i < 30; i++) {
        if (random.nextDouble() < 0.35) {
          rows.add(RowFactory.create("u" + u, "i" + i, 1.0 + random.nextInt(9) / 2.0));
        }
      }
    }
    return rows;
  }

  private static SparseModel fit(
      Dataset<Row> ratings, Between between, Values values, Similarity s, NeighbourSearch search) {
    return new Neighbours(between, values, s, search).fit(ratings, popularity(ratings));
  }

  /** Similarities by the definition, from maps of row to column to value. */
  private static double expected(Map<String, Double> a, Map<String, Double> b, Similarity s) {
    double product = 0;
    int common = 0;
    for (Map.Entry<String, Double> entry : a.entrySet()) {
      if (b.containsKey(entry.getKey())) {
        product += entry.getValue() * b.get(entry.getKey());
        common++;
      }
    }
    double cosine = product / Math.sqrt(squares(a) * squares(b));
    return common < s.minSupport() ? 0 : cosine * common / (common + s.shrinkage());
  }

  private static double squares(Map<String, Double> row) {
    return row.values().stream().mapToDouble(v -> v * v).sum();
  }

  private static Map<String, Map<String, Double>> matrix(
      List<Row> rows, int row, int column, Values values) {
    Map<String, Double> means = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(r -> means.merge(r.getString(0), r.getDouble(2), Double::sum));
    rows.forEach(r -> counts.merge(r.getString(0), 1, Integer::sum));
    Map<String, Map<String, Double>> matrix = new TreeMap<>();
    for (Row r : rows) {
      double value =
          switch (values) {
            case BINARY -> 1;
            case AS_GIVEN -> r.getDouble(2);
            case CENTERED ->
                r.getDouble(2) - means.get(r.getString(0)) / counts.get(r.getString(0));
          };
      matrix
          .computeIfAbsent(r.getString(row), key -> new TreeMap<>())
          .put(r.getString(column), value);
    }
    return matrix;
  }

  @Test
  void itemsAreComparedAsTheDefinitionSays() {
    List<Row> rows = random(3);
    Similarity similarity = new Similarity(7, 3, 4);
    for (Values values : Values.values()) {
      Map<String, Map<String, Double>> items = matrix(rows, 1, 0, values);
      try (SparseModel model = fit(table(rows), Between.ITEMS, values, similarity, EXACT)) {
        for (Row found : model.rows().collectAsList()) {
          Map<String, Double> self = items.get(found.getString(0));
          List<Double> best =
              items.keySet().stream()
                  .filter(other -> !other.equals(found.getString(0)))
                  .map(other -> expected(self, items.get(other), similarity))
                  .filter(s -> s > 0)
                  .sorted((a, b) -> Double.compare(b, a))
                  .limit(7)
                  .toList();
          List<Float> similarities = found.getList(2);
          assertThat(similarities).hasSameSizeAs(best);
          for (int i = 0; i < best.size(); i++) {
            String other = found.<String>getList(1).get(i);
            assertThat((double) similarities.get(i)).isCloseTo(best.get(i), within(1e-5));
            assertThat(expected(self, items.get(other), similarity))
                .isCloseTo(best.get(i), within(1e-5));
          }
        }
      }
    }
  }

  @Test
  void listsOfUsersAreWeighedSumsOfWhatTheirNeighboursHad() {
    List<Row> rows = random(5);
    Dataset<Row> ratings = table(rows);
    Similarity similarity = new Similarity(5, 1, 0);
    Map<String, Map<String, Double>> users = matrix(rows, 0, 1, Values.AS_GIVEN);
    try (SparseModel model = fit(ratings, Between.USERS, Values.AS_GIVEN, similarity, EXACT);
        Lists lists =
            model.lists(model.users().select("id"), Optional.of(ratings), Optional.empty(), 4)) {
      List<Row> made = lists.rows().filter("user = 'u0'").orderBy("rank").collectAsList();
      Map<String, Double> scores = new HashMap<>();
      users.keySet().stream()
          .filter(other -> !other.equals("u0"))
          .sorted(
              (a, b) ->
                  Double.compare(
                      expected(users.get("u0"), users.get(b), similarity),
                      expected(users.get("u0"), users.get(a), similarity)))
          .limit(5)
          .forEach(
              other ->
                  users
                      .get(other)
                      .forEach(
                          (item, value) ->
                              scores.merge(
                                  item,
                                  value * expected(users.get("u0"), users.get(other), similarity),
                                  Double::sum)));
      scores.keySet().removeAll(users.get("u0").keySet());
      List<Double> best =
          scores.values().stream().sorted((a, b) -> Double.compare(b, a)).limit(4).toList();
      assertThat(made).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(made.get(i).<Double>getAs("score")).isCloseTo(best.get(i), within(1e-4));
        assertThat(made.get(i).<String>getAs("reason")).isEqualTo("model");
      }
    }
  }

  @Test
  void whoHasNoNeighbouringItemGetsWhatIsPopular() {
    List<Row> rows = new ArrayList<>();
    for (int u = 0; u < 5; u++) {
      rows.add(RowFactory.create("u" + u, "a", 1.0));
      rows.add(RowFactory.create("u" + u, "b", 1.0));
    }
    rows.add(RowFactory.create("u0", "c", 1.0));
    rows.add(RowFactory.create("u1", "c", 1.0));
    rows.add(RowFactory.create("hermit", "cave", 1.0));
    Dataset<Row> ratings = table(rows);
    try (SparseModel model =
            fit(ratings, Between.ITEMS, Values.BINARY, new Similarity(9, 2, 0), EXACT);
        Lists lists =
            model.lists(model.users().select("id"), Optional.of(ratings), Optional.empty(), 2)) {
      List<Row> hermit = lists.rows().filter("user = 'hermit'").orderBy("rank").collectAsList();
      assertThat(hermit).extracting(r -> r.<String>getAs("item")).containsExactly("a", "b");
      assertThat(hermit).extracting(r -> r.<String>getAs("reason")).containsOnly("popular");
      List<Row> u2 = lists.rows().filter("user = 'u2'").orderBy("rank").collectAsList();
      assertThat(u2).extracting(r -> r.<String>getAs("item")).containsExactly("c", "cave");
      assertThat(u2).extracting(r -> r.<String>getAs("reason")).containsExactly("model", "popular");
    }
  }

  @Test
  void onlyItemsOfTheFilterAreGiven() {
    Dataset<Row> ratings = table(random(8));
    Dataset<Row> only = LocalSpark.session().sql("select explode(array('i3', 'i4', 'i5')) as id");
    try (SparseModel model =
            fit(ratings, Between.ITEMS, Values.BINARY, new Similarity(20, 1, 1), EXACT);
        Lists lists =
            model.lists(model.users().select("id"), Optional.empty(), Optional.of(only), 10)) {
      assertThat(lists.rows().select("item").distinct().collectAsList())
          .extracting(r -> r.getString(0))
          .containsExactlyInAnyOrder("i3", "i4", "i5");
      assertThat(lists.rows().count()).isEqualTo(40 * 3);
    }
  }

  @Test
  void hashingFindsTheNeighboursThatAreClose() {
    // Five groups of items that the same users had, and noise.
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int u = 0; u < 100; u++) {
      for (int i = 0; i < 50; i++) {
        if (random.nextDouble() < (u % 5 == i % 5 ? 0.8 : 0.02)) {
          rows.add(RowFactory.create("u" + u, "i" + i, 1.0));
        }
      }
    }
    Similarity similarity = new Similarity(9, 2, 0);
    NeighbourSearch lsh = new NeighbourSearch.Lsh(10, 0.8, 0.3, 5);
    Set<String> exact = pairs(rows, similarity, EXACT);
    Set<String> hashed = pairs(rows, similarity, lsh);
    assertThat(exact).hasSize(50 * 9);
    Set<String> both = new HashSet<>(hashed);
    both.retainAll(exact);
    assertThat((double) both.size() / exact.size()).isGreaterThan(0.95);
    assertThat(pairs(rows, similarity, lsh)).isEqualTo(hashed);
  }

  private static Set<String> pairs(List<Row> rows, Similarity similarity, NeighbourSearch search) {
    Set<String> pairs = new HashSet<>();
    try (SparseModel model = fit(table(rows), Between.ITEMS, Values.BINARY, similarity, search)) {
      for (Row row : model.rows().collectAsList()) {
        row.<String>getList(1).forEach(other -> pairs.add(row.getString(0) + " " + other));
      }
    }
    return pairs;
  }

  @Test
  void partitionsChangeNothing() {
    List<Row> rows = random(11);
    Similarity similarity = new Similarity(6, 2, 3);
    List<Row> one;
    List<Row> seven;
    try (SparseModel model =
        fit(table(rows).coalesce(1), Between.ITEMS, Values.CENTERED, similarity, EXACT)) {
      one = model.rows().orderBy("id").collectAsList();
    }
    try (SparseModel model =
        fit(table(rows).repartition(7), Between.ITEMS, Values.CENTERED, similarity, EXACT)) {
      seven = model.rows().orderBy("id").collectAsList();
    }
    assertThat(seven).isEqualTo(one);
  }
}
