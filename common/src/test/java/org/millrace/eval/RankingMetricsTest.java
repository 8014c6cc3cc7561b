package org.millrace.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;
import scala.Tuple2;

class RankingMetricsTest {

  private static final List<String> RANKED = List.of("a", "b", "c", "d");
  private static final Set<String> RELEVANT = Set.of("a", "c", "x");

  @Test
  void plantedList() {
    double ideal = 1 + 1 / log2(3) + 1 / log2(4);

    assertThat(RankingMetrics.precisionAt(RANKED, RELEVANT, 4)).isEqualTo(0.5);
    assertThat(RankingMetrics.precisionAt(RANKED, RELEVANT, 8)).isEqualTo(0.25);
    assertThat(RankingMetrics.recallAt(RANKED, RELEVANT, 2)).isEqualTo(1.0 / 3);
    assertThat(RankingMetrics.ndcgAt(RANKED, RELEVANT, 4))
        .isCloseTo((1 + 1 / log2(4)) / ideal, within(1e-12));
    assertThat(RankingMetrics.averagePrecisionAt(RANKED, RELEVANT, 4))
        .isCloseTo((1 + 2.0 / 3) / 3, within(1e-12));
    assertThat(RankingMetrics.averagePrecisionAt(RANKED, RELEVANT, 2)).isEqualTo(0.5);
  }

  @Test
  void perfectAndHopelessLists() {
    assertThat(RankingMetrics.ndcgAt(RANKED, Set.copyOf(RANKED), 3)).isEqualTo(1);
    assertThat(RankingMetrics.averagePrecisionAt(RANKED, Set.of("a"), 3)).isEqualTo(1);
    assertThat(RankingMetrics.ndcgAt(RANKED, Set.of("z"), 3)).isZero();
    assertThat(RankingMetrics.ndcgAt(List.of(), RELEVANT, 3)).isZero();
    assertThat(RankingMetrics.recallAt(RANKED, Set.of(), 3)).isZero();
    assertThatThrownBy(() -> RankingMetrics.precisionAt(RANKED, RELEVANT, 0))
        .hasMessage("k must be at least 1, was 0");
  }

  @Test
  void meansAgreeWithMllibOnRandomLists() {
    Random random = new Random(11);
    List<Tuple2<List<Integer>, List<Integer>>> lists = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lists.add(new Tuple2<>(sample(random, 0, 15), sample(random, 1, 12)));
    }
    var mllib =
        org.apache.spark.mllib.evaluation.RankingMetrics.of(
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
                .parallelize(lists, 3));

    for (int k : new int[] {1, 3, 10, 20}) {
      assertThat(mean(lists, l -> RankingMetrics.precisionAt(l._1(), new HashSet<>(l._2()), k)))
          .isCloseTo(mllib.precisionAt(k), within(1e-12));
      assertThat(mean(lists, l -> RankingMetrics.recallAt(l._1(), new HashSet<>(l._2()), k)))
          .isCloseTo(mllib.recallAt(k), within(1e-12));
      assertThat(mean(lists, l -> RankingMetrics.ndcgAt(l._1(), new HashSet<>(l._2()), k)))
          .isCloseTo(mllib.ndcgAt(k), within(1e-12));
      assertThat(
              mean(lists, l -> RankingMetrics.averagePrecisionAt(l._1(), new HashSet<>(l._2()), k)))
          .isCloseTo(mllib.meanAveragePrecisionAt(k), within(1e-12));
    }
  }

  /** Different numbers below 30, in random order. */
  private static List<Integer> sample(Random random, int fewest, int most) {
    List<Integer> items = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
    Collections.shuffle(items, random);
    return new ArrayList<>(items.subList(0, random.nextInt(fewest, most + 1)));
  }

  private static double mean(
      List<Tuple2<List<Integer>, List<Integer>>> lists,
      ToDoubleFunction<Tuple2<List<Integer>, List<Integer>>> metric) {
    return lists.stream().mapToDouble(metric).average().orElseThrow();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
