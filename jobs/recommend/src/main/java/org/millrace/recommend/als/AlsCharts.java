package org.millrace.recommend.als;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Histogram;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;

/** The pictures of a factor model's report. */
final class AlsCharts {
  private static final int BARS = 20;

  private AlsCharts() {}

  static Chart ratings(Dataset<Row> ratings) {
    Histogram histogram = Histogram.of(ratings, col("rating"), BARS);
    return Chart.bars(
        "Distribution of ratings",
        "rating",
        "rows",
        histogram.labels(),
        List.of(new Series("rows", List.of(), histogram.counts())));
  }

  /** Lengths of the vectors of users and of items: a heap at 0 means that little was learnt. */
  static Chart norms(FactorModel model) {
    String norm = "sqrt(aggregate(features, 0D, (sum, x) -> sum + x * x))";
    Dataset<Row> users = model.users().select(expr(norm).as("norm"));
    Dataset<Row> items = model.items().select(expr(norm).as("norm"));
    List<Series> series = new ArrayList<>();
    Histogram all = Histogram.of(users.union(items), col("norm"), BARS);
    series.add(new Series("users", List.of(), all.over(users, col("norm")).counts()));
    series.add(new Series("items", List.of(), all.over(items, col("norm")).counts()));
    return Chart.bars("Norms of the factors", "Euclidean norm", "vectors", all.labels(), series);
  }
}
