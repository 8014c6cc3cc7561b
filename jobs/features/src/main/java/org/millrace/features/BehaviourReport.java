package org.millrace.features;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Histogram;
import org.millrace.features.behaviour.Cohorts;
import org.millrace.job.JobRecorder;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;

/** The charts of behaviour. */
final class BehaviourReport {
  private static final int BARS = 24;
  private static final int MOST_COHORTS = 36;

  private final JobRecorder report;

  BehaviourReport(JobRecorder report) {
    this.report = report;
  }

  /** When users come, how often and how they are spread. */
  void habits(Dataset<Row> events, Dataset<Row> users) {
    double[] byHour = new double[24];
    events.groupBy("hour").count().collectAsList().forEach(r -> byHour[r.getInt(0)] = r.getLong(1));
    bars(
        "Events by hour of the day",
        "hour",
        "events",
        IntStream.range(0, 24).mapToObj(Integer::toString).toList(),
        java.util.Arrays.stream(byHour).boxed().toList());
    // The few users with the most events would squeeze all others into one bar.
    double[] most = users.stat().approxQuantile("events", new double[] {0.99}, 0.001);
    histogram(
        "Events of a user (without the busiest 1 %)",
        "events", users.filter(col("events").leq(most[0])), "events");
    histogram(
        "Days since the last purchase",
        "days",
        users.filter("recency_days is not null"),
        "recency_days");
  }

  private void histogram(String title, String x, Dataset<Row> users, String column) {
    Histogram counted = Histogram.of(users, col(column), BARS);
    if (counted.counts().isEmpty()) {
      return;
    }
    bars(
        title,
        counted.width() == 0 ? x : x + ", from",
        "users",
        counted.values().stream().map(BehaviourReport::shown).toList(),
        counted.counts());
  }

  private static String shown(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : "%.1f".formatted(value);
  }

  private void bars(
      String title, String x, String y, List<String> categories, List<Double> values) {
    report.chart(Chart.bars(title, x, y, categories, List.of(new Series(y, List.of(), values))));
  }

  /** The newest cohorts, one a row, by the periods since their first one. */
  void retention(Dataset<Row> table, Cohorts cohorts) {
    List<Row> newest =
        table
            .select(col("cohort"))
            .distinct()
            .sort(col("cohort").desc())
            .limit(MOST_COHORTS)
            .collectAsList();
    if (newest.isEmpty()) {
      return;
    }
    Map<String, List<Double>> byCohort = new TreeMap<>();
    int columns = Math.min(cohorts.most(), MOST_COHORTS);
    for (Row row :
        table
            .filter(col("cohort").geq(newest.get(newest.size() - 1).getDate(0)))
            .filter(col("period").between(1, columns))
            .collectAsList()) {
      byCohort
          .computeIfAbsent(
              row.getAs("cohort").toString(),
              k -> new ArrayList<>(Collections.nCopies(columns, Double.NaN)))
          .set(row.<Integer>getAs("period") - 1, 100 * row.<Double>getAs("share"));
    }
    if (byCohort.isEmpty()) {
      return;
    }
    int longest =
        byCohort.values().stream()
            .mapToInt(r -> (int) r.stream().filter(v -> !v.isNaN()).count())
            .max()
            .orElse(0);
    String unit = cohorts.period().unit();
    report.chart(
        Chart.heatMap(
            "Users who came back (%%), by the %s of their first event".formatted(unit),
            unit + "s later",
            "cohort",
            IntStream.rangeClosed(1, longest).mapToObj(Integer::toString).toList(),
            byCohort.entrySet().stream()
                .map(e -> new Series(e.getKey(), List.of(), e.getValue().subList(0, longest)))
                .toList()));
  }

  /** Users at each step. */
  void funnel(Dataset<Row> table) {
    List<Row> steps = table.filter(col("step").gt(0)).sort("step").collectAsList();
    report.chart(
        new Chart(
            "Funnel",
            Chart.Kind.HORIZONTAL_BAR,
            "users",
            "step",
            steps.stream()
                .map(r -> "%d %s".formatted(r.<Integer>getAs("step"), r.<String>getAs("event")))
                .toList(),
            List.of(
                new Series(
                    "users",
                    List.of(),
                    steps.stream().map(r -> (double) r.<Long>getAs("users")).toList()))));
  }
}
