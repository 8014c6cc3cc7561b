package org.millrace.recommend.blend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.millrace.eval.RankingMetrics;
import org.millrace.recommend.BestItems;

/**
 * Weights of the members of a blend, by trying all combinations of steps on judged lists in one
 * pass: they are few, and NDCG, which counts, has no slope to follow.
 */
final class Weights {
  /** So many combinations can be tried. */
  static final int MOST = 20_000;

  /** NDCGs are added as whole numbers, so that their order does not matter. */
  private static final double UNIT = 1L << 40;

  private Weights() {}

  /** In how many ways so many members share so many steps. */
  static int combinations(int members, int steps) {
    double ways = 1;
    for (int i = 1; i < members; i++) {
      ways = ways * (steps + i) / i;
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.rint(ways));
  }

  /** All weights that are multiples of 1 / steps and sum to 1. */
  static List<double[]> grid(int members, int steps) {
    List<double[]> all = new ArrayList<>();
    fill(new int[members], 0, steps, steps, all);
    return all;
  }

  private static void fill(int[] parts, int at, int left, int steps, List<double[]> all) {
    if (at == parts.length - 1) {
      parts[at] = left;
      double[] weights = new double[parts.length];
      for (int i = 0; i < parts.length; i++) {
        weights[i] = (double) parts[i] / steps;
      }
      all.add(weights);
      return;
    }
    for (int part = 0; part <= left; part++) {
      parts[at] = part;
      fill(parts, at + 1, left - part, steps, all);
    }
  }

  /**
   * NDCG of each combination, a mean over users.
   *
   * @param users a row a user: items (array of string), scores of members one after the other for
   *     each item (array of double), relevant items (array of string, not empty)
   * @param at length of the lists
   */
  static double[] ndcg(JavaRDD<Row> users, List<double[]> grid, int at) {
    long[] sums =
        users.treeAggregate(
            new long[grid.size() + 1],
            (all, user) -> {
              add(all, user, grid, at);
              return all;
            },
            (a, b) -> {
              for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
              }
              return a;
            });
    double[] means = new double[grid.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / UNIT / sums[means.length];
    }
    return means;
  }

  private static void add(long[] sums, Row user, List<double[]> grid, int at) {
    List<String> items = user.getList(0);
    List<Double> flat = user.getList(1);
    double[] scores = flat.stream().mapToDouble(Double::doubleValue).toArray();
    Set<String> relevant = new HashSet<>(user.<String>getList(2));
    for (int i = 0; i < grid.size(); i++) {
      sums[i] +=
          Math.round(
              RankingMetrics.ndcgAt(list(items, scores, grid.get(i), at), relevant, at) * UNIT);
    }
    sums[grid.size()]++;
  }

  /** The best items, of equal ones the first. */
  private static List<String> list(List<String> items, double[] scores, double[] weights, int k) {
    BestItems best = new BestItems(k);
    for (int i = 0; i < items.size(); i++) {
      double score = 0;
      for (int m = 0; m < weights.length; m++) {
        score += weights[m] * scores[i * weights.length + m];
      }
      best.offer(score, i);
    }
    String[] list = new String[best.size()];
    for (int rank = list.length - 1; rank >= 0; rank--) {
      list[rank] = items.get(best.removeWorst());
    }
    return List.of(list);
  }
}
