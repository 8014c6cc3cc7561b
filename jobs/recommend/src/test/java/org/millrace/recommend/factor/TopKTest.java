package org.millrace.recommend.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Lists;
import org.millrace.testing.LocalSpark;

class TopKTest {

  private record Recommended(String user, int rank, String item, double score) {}

  private record Pair(String user, String item) {}

  private static final StructType VECTORS =
      new StructType().add("id", DataTypes.StringType).add("features", Vectors.TYPE);

  @Test
  void agreesWithBruteForceForAnyPartitionsAndBlocks() {
    Random random = new Random(5);
    Map<String, float[]> users = vectors(random, "u", 300, 7);
    Map<String, float[]> items = vectors(random, "i", 83, 7);
    Set<Pair> known = new HashSet<>();
    users.keySet().forEach(u -> items.keySet().forEach(i -> addSometimes(random, known, u, i)));
    List<Recommended> truth = bruteForce(users, items, known, 10);

    for (long bytes : new long[] {1, 1000, 1 << 20}) {
      for (int partitions : new int[] {1, 9}) {
        TopK engine =
            TopK.of(table(users).repartition(partitions), table(items).repartition(partitions))
                .excluding(pairs(known))
                .withBlocksOf(bytes);
        assertThat(read(engine, 10)).isEqualTo(truth);
      }
    }
  }

  @Test
  void nearlyEqualScoresAreOrderedByTheExactOnes() {
    Random random = new Random(6);
    Map<String, float[]> users = vectors(random, "u", 40, 64);
    float[] centre = users.values().iterator().next();
    Map<String, float[]> items = new TreeMap<>();
    for (int i = 0; i < 2000; i++) { // differ in the last bits of single precision only
      float[] vector = centre.clone();
      vector[random.nextInt(64)] += (random.nextInt(5) - 2) * 0x1p-22f;
      items.put("i" + i, vector);
    }

    assertThat(read(TopK.of(table(users), table(items)), 20))
        .isEqualTo(bruteForce(users, items, Set.of(), 20));
  }

  @Test
  void tiesAreOrderedByTheBytesOfTheId() {
    Map<String, float[]> users = Map.of("u", new float[] {1, 1});
    Map<String, float[]> items = new TreeMap<>();
    for (String id : List.of("b", "Zürich", "10", "9", "a", "\uD83C\uDFAC", "\uFFFD", "é", "")) {
      items.put(id, new float[] {0.5f, 0.25f});
    }

    assertThat(read(TopK.of(table(users), table(items)), 9))
        .extracting(Recommended::item)
        .containsExactly("", "10", "9", "Zürich", "a", "b", "é", "\uFFFD", "\uD83C\uDFAC");
  }

  @Test
  void oneUserGetsAllItemsWhenThereAreFewerThanK() {
    Map<String, float[]> items = vectors(new Random(1), "i", 5, 3);
    Map<String, float[]> users = vectors(new Random(2), "u", 1, 3);

    assertThat(read(TopK.of(table(users), table(items)), 50))
        .hasSize(5)
        .isEqualTo(bruteForce(users, items, Set.of(), 50));
  }

  @Test
  void userWhoKnowsEverythingGetsNothing() {
    Map<String, float[]> users = vectors(new Random(1), "u", 3, 3);
    Map<String, float[]> items = vectors(new Random(2), "i", 2000, 3);
    Set<Pair> known =
        items.keySet().stream().map(i -> new Pair("u1", i)).collect(Collectors.toSet());
    known.add(new Pair("u2", "never seen"));
    known.add(new Pair("stranger", "i1"));
    Dataset<Row> repeated = pairs(known).union(pairs(known));

    assertThat(read(TopK.of(table(users), table(items)).excluding(repeated), 4))
        .isEqualTo(bruteForce(users, items, known, 4))
        .extracting(Recommended::user)
        .containsOnly("u0", "u2");
  }

  @Test
  void filtersKeepOnlyTheNamedUsersAndItems() {
    Map<String, float[]> users = vectors(new Random(1), "u", 9, 3);
    Map<String, float[]> items = vectors(new Random(2), "i", 9, 3);
    Dataset<Row> ids = table(items).filter("id in ('i3', 'i7')").select("id");

    assertThat(
            read(
                TopK.of(table(users), table(items))
                    .amongItems(ids.union(ids))
                    .forUsers(table(users).filter("id = 'u4'").select("id")),
                3))
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.user()).isEqualTo("u4"))
        .extracting(Recommended::item)
        .containsExactlyInAnyOrder("i3", "i7");
    assertThat(read(TopK.of(table(users), table(items)).amongItems(ids.limit(0)), 3)).isEmpty();
  }

  @Test
  void refusesWhatCannotBeRanked() {
    Dataset<Row> two = table(vectors(new Random(1), "u", 2, 2));
    Dataset<Row> three = table(vectors(new Random(1), "i", 2, 3));

    assertThatThrownBy(() -> TopK.of(two, two).lists(0)).hasMessage("k must be at least 1, was 0");
    assertThatThrownBy(() -> read(TopK.of(two, three), 1))
        .hasStackTraceContaining("has 2 features, items have 3");
  }

  private static Map<String, float[]> vectors(Random random, String prefix, int n, int rank) {
    Map<String, float[]> vectors = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      float[] vector = new float[rank];
      for (int j = 0; j < rank; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      vectors.put(prefix + i, vector);
    }
    return vectors;
  }

  private static void addSometimes(Random random, Set<Pair> known, String user, String item) {
    if (random.nextInt(3) == 0) {
      known.add(new Pair(user, item));
    }
  }

  /** All scores in double precision, sorted; no block, heap or matrix product. */
  private static List<Recommended> bruteForce(
      Map<String, float[]> users, Map<String, float[]> items, Set<Pair> known, int k) {
    List<Recommended> lists = new ArrayList<>();
    for (String user : new TreeMap<>(users).keySet()) {
      List<Recommended> all = new ArrayList<>();
      for (String item : items.keySet()) {
        if (!known.contains(new Pair(user, item))) {
          double score = 0;
          for (int j = 0; j < users.get(user).length; j++) {
            score += (double) users.get(user)[j] * items.get(item)[j];
          }
          all.add(new Recommended(user, 0, item, score));
        }
      }
      all.sort(
          Comparator.comparingDouble(Recommended::score)
              .reversed()
              .thenComparing(Recommended::item));
      for (int i = 0; i < Math.min(k, all.size()); i++) {
        lists.add(new Recommended(user, i + 1, all.get(i).item(), all.get(i).score()));
      }
    }
    return lists;
  }

  private static List<Recommended> read(TopK engine, int k) {
    try (Lists lists = engine.lists(k)) {
      return lists.rows().sort("user", "rank").collectAsList().stream()
          .map(r -> new Recommended(r.getString(0), r.getInt(2), r.getString(1), r.getDouble(3)))
          .toList();
    }
  }

  private static Dataset<Row> table(Map<String, float[]> vectors) {
    List<Row> rows = new ArrayList<>();
    vectors.forEach((id, vector) -> rows.add(RowFactory.create(id, vector)));
    return LocalSpark.session().createDataFrame(rows, VECTORS);
  }

  private static Dataset<Row> pairs(Set<Pair> pairs) {
    List<Row> rows = pairs.stream().map(p -> RowFactory.create(p.user(), p.item())).toList();
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType));
  }
}
