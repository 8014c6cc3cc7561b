package org.millrace.recommend.baskets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class BasketRulesTest {

  /** Rules of one or two items on the left, by counting every basket. */
  private static Set<String> expected(List<Set<String>> baskets, BasketRules asked) {
    Set<String> items = baskets.stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<Set<String>> lefts = new java.util.HashSet<>();
    for (String a : items) {
      for (String b : items) {
        lefts.add(new TreeSet<>(a.equals(b) ? List.of(a) : List.of(a, b)));
      }
    }
    Set<String> rules = new TreeSet<>();
    double n = baskets.size();
    for (Set<String> left : lefts) {
      double withLeft = baskets.stream().filter(b -> b.containsAll(left)).count();
      for (String right : items) {
        double withRight = baskets.stream().filter(b -> b.contains(right)).count();
        double both =
            baskets.stream().filter(b -> b.containsAll(left) && b.contains(right)).count();
        double lift = both / withLeft / (withRight / n);
        if (!left.contains(right)
            && both / n >= asked.minSupport()
            && both / withLeft >= asked.minConfidence()
            && lift >= asked.minLift()) {
          rules.add(line(left, right, (long) both, both / n, both / withLeft, lift));
        }
      }
    }
    return rules;
  }

  private static String line(
      Iterable<String> left, String right, long n, double support, double confidence, double lift) {
    return "%s > %s: %d %.9f %.9f %.9f"
        .formatted(String.join("+", left), right, n, support, confidence, lift);
  }

  @Test
  void theRulesAreThoseThatCountingFinds() {
    Random random = new Random(11);
    Map<String, Set<String>> baskets = new TreeMap<>();
    List<Row> lines = new ArrayList<>();
    for (int b = 0; b < 200; b++) {
      Set<String> basket = new TreeSet<>();
      for (int i = 0; i < 8; i++) {
        if (random.nextDouble() < 0.15 + 0.05 * i) {
          basket.add("item " + i);
        }
      }
      if (basket.contains("item 0")) {
        basket.add("item 1"); // Planted.
      }
      if (!basket.isEmpty()) {
        baskets.put("b" + b, basket);
      }
      for (String item : basket) {
        lines.add(RowFactory.create("b" + b, item));
        lines.add(RowFactory.create("b" + b, item)); // Twice is once.
      }
    }
    Dataset<Row> table =
        LocalSpark.session()
            .createDataFrame(
                lines,
                new StructType()
                    .add("basket", DataTypes.StringType)
                    .add("item", DataTypes.StringType));
    BasketRules asked = new BasketRules(0.05, 0.3, 1.05, 2);
    try (BasketRules.Found found = asked.find(table)) {
      Set<String> rules = new TreeSet<>();
      for (Row r : found.rules().collectAsList()) {
        rules.add(
            line(
                r.getList(0),
                r.getString(1),
                r.getLong(2),
                r.getDouble(3),
                r.getDouble(4),
                r.getDouble(5)));
      }
      assertThat(found.baskets()).isEqualTo(baskets.size());
      assertThat(rules).isEqualTo(expected(List.copyOf(baskets.values()), asked));
      assertThat(rules).anyMatch(r -> r.startsWith("item 0 > item 1: ") && r.contains(" 1.0000"));
      assertThat(found.sets().filter("size(items) > 3").count()).isZero();
      assertThat(found.sets().filter("support < 0.05").count()).isZero();
    }
  }
}
