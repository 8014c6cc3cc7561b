package org.millrace.text;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;
import org.millrace.text.graph.Combination;
import org.millrace.text.graph.Graph;
import org.millrace.text.graph.LinkQuality;
import org.millrace.text.graph.Trainer.Look;

/** What the report shows of a training. */
final class GraphCharts {
  private static final int RELATIONS = 20;
  private static final int CURVES = 8;

  private GraphCharts() {}

  static double best(List<Look> looks) {
    return looks.stream().mapToDouble(Look::mrr).max().orElse(Double.NaN);
  }

  /** Every combination with its best look. */
  static FactTable grid(List<Combination> grid, Map<Integer, List<Look>> looks, int best) {
    List<List<String>> rows = new ArrayList<>();
    looks.forEach(
        (i, own) ->
            rows.add(
                List.of(
                    grid.get(i).toString(),
                    String.valueOf(own.get(own.size() - 1).epoch()),
                    String.format(Locale.ROOT, "%.4f", best(own)),
                    i == best ? "published" : "")));
    return new FactTable(
        "Combinations", List.of("combination", "epochs", "MRR on validation", ""), rows);
  }

  /** MRR on the validation triples over epochs, of the first combinations. */
  static Chart learning(Map<Integer, List<Look>> looks) {
    List<Series> series =
        looks.entrySet().stream()
            .limit(CURVES)
            .map(
                e ->
                    new Series(
                        "combination " + (e.getKey() + 1),
                        e.getValue().stream().map(l -> (double) l.epoch()).toList(),
                        e.getValue().stream().map(Look::mrr).toList()))
            .toList();
    return Chart.lines("Validation by epoch", "epoch", "filtered MRR", series);
  }

  /** MRR of the relations with the most test triples, beside that of frequencies. */
  static Chart byRelation(Graph graph, Dataset<Row> ranks, Dataset<Row> naive) {
    Dataset<Row> top =
        by(graph, ranks, "model")
            .join(by(graph, naive, "frequency").drop("n"), "id")
            .join(graph.relations().rows(), "id")
            .orderBy(col("n").desc(), col("name"))
            .limit(RELATIONS);
    List<Row> rows = top.select("name", "model", "frequency").collectAsList();
    return Chart.bars(
        "MRR by relation (the most frequent)",
        "relation",
        "filtered MRR",
        rows.stream().map(r -> r.getString(0)).toList(),
        List.of(
            new Series("model", List.of(), rows.stream().map(r -> r.getDouble(1)).toList()),
            new Series("frequency", List.of(), rows.stream().map(r -> r.getDouble(2)).toList())));
  }

  private static Dataset<Row> by(Graph graph, Dataset<Row> ranks, String name) {
    return ranks
        .groupBy(col("r").mod(graph.relations().count()).as("id"))
        .agg(LinkQuality.mrr().as(name), count(lit(1)).as("n"));
  }
}
