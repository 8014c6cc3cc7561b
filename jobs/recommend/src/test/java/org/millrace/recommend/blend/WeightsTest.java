package org.millrace.recommend.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.millrace.eval.RankingMetrics;
import org.millrace.testing.LocalSpark;
import scala.collection.JavaConverters;

class WeightsTest {

  @Test
  void theGridHasEveryShareOnce() {
    List<double[]> grid = Weights.grid(3, 10);

    assertThat(grid).hasSize(66).hasSize(Weights.combinations(3, 10));
    assertThat(grid)
        .allSatisfy(w -> assertThat(Arrays.stream(w).sum()).isEqualTo(1, within(1e-12)));
    assertThat(grid.stream().map(Arrays::toString).distinct()).hasSize(66);
    assertThat(Weights.combinations(4, 100)).isEqualTo(176_851);
  }

  /** Relevant are the items of the greatest 0.7 a + 0.3 b: those weights must win, c is noise. */
  @Test
  void plantedWeightsAreFoundAndTheirNdcgIsByTheDefinition() {
    Random random = new Random(3);
    List<Row> users = new ArrayList<>();
    double[] expected = new double[1];
    for (int u = 0; u < 60; u++) {
      List<String> items = new ArrayList<>();
      List<Double> scores = new ArrayList<>();
      List<Integer> order = new ArrayList<>();
      double[] truth = new double[40];
      for (int i = 0; i < 40; i++) {
        double a = random.nextDouble();
        double b = random.nextDouble();
        items.add("i" + (100 + i));
        scores.addAll(List.of(a, b, random.nextDouble()));
        truth[i] = 0.7 * a + 0.3 * b;
        order.add(i);
      }
      order.sort((x, y) -> Double.compare(truth[y], truth[x]));
      List<String> relevant = order.subList(0, 5).stream().map(items::get).toList();
      List<Integer> byA = new ArrayList<>(order);
      byA.sort((x, y) -> Double.compare(scores.get(3 * y), scores.get(3 * x)));
      expected[0] +=
          RankingMetrics.ndcgAt(
                  byA.subList(0, 5).stream().map(items::get).toList(), Set.copyOf(relevant), 5)
              / 60;
      users.add(RowFactory.create(scala(items), scala(scores), scala(relevant)));
    }
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
            .parallelize(users, 3);
    List<double[]> grid = Weights.grid(3, 10);
    double[] ndcg = Weights.ndcg(rows, grid, 5);

    int best = 0;
    for (int i = 0; i < ndcg.length; i++) {
      best = ndcg[i] > ndcg[best] ? i : best;
      if (grid.get(i)[0] == 1) {
        assertThat(ndcg[i]).isEqualTo(expected[0], within(1e-9));
      }
    }
    assertThat(grid.get(best)).containsExactly(0.7, 0.3, 0.0);
    assertThat(ndcg[best]).isEqualTo(1, within(1e-9));
  }

  private static <T> scala.collection.Seq<T> scala(List<T> list) {
    return JavaConverters.asScalaBuffer(list);
  }
}
