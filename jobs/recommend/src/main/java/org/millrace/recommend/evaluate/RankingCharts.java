package org.millrace.recommend.evaluate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.eval.Metric;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;

/** Pictures of how good lists are. */
final class RankingCharts {
  private RankingCharts() {}

  /** A metric over the length of the list, beside popularity. */
  static Chart byLength(
      String name, List<Integer> ks, List<Metric> model, Map<String, Double> popularity) {
    Map<String, Double> values =
        model.stream().collect(Collectors.toMap(Metric::name, Metric::value));
    List<Integer> lengths = ks.stream().sorted().distinct().toList();
    List<Double> x = lengths.stream().map(Integer::doubleValue).toList();
    return Chart.lines(
        name + " by length of the list",
        "k",
        name + "@k",
        List.of(
            new Series("model", x, lengths.stream().map(k -> values.get(name + "@" + k)).toList()),
            new Series(
                "popularity",
                x,
                lengths.stream().map(k -> popularity.get(name + "@" + k)).toList())));
  }
}
