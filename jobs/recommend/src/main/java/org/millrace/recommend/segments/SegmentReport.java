package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.JobRecorder;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;

/** Segments as pictures and tables. */
record SegmentReport(JobRecorder report, Segments segments, List<String> columns) {
  private static final int SHOWN_SEGMENTS = 20;
  private static final int SHOWN_ITEMS = 5;

  /**
   * @param profiles as {@link Profiles#of} makes them, collected
   */
  void tell(List<Row> profiles) {
    List<Double> tried = new ArrayList<>();
    List<Double> silhouettes = new ArrayList<>();
    segments
        .silhouettes()
        .forEach(
            (k, silhouette) -> {
              tried.add((double) k);
              silhouettes.add(silhouette);
            });
    report.chart(
        Chart.lines(
            "Silhouette by number of segments",
            "segments",
            "silhouette",
            List.of(new Series("silhouette", tried, silhouettes))));
    Map<Integer, Map<String, Row>> bySegment = new TreeMap<>();
    for (Row row : profiles) {
      bySegment
          .computeIfAbsent(row.<Integer>getAs("segment"), s -> new TreeMap<>())
          .put(row.getAs("column"), row);
    }
    List<String> names = bySegment.keySet().stream().map(s -> "segment " + s).toList();
    report.chart(
        Chart.bars(
            "Sizes of segments",
            "segment",
            "users",
            names,
            List.of(
                new Series(
                    "users",
                    List.of(),
                    bySegment.values().stream()
                        .map(p -> (double) first(p).<Long>getAs("users"))
                        .toList()))));
    report.chart(
        Chart.heatMap(
            "Profiles: means of segments, in standard deviations from the mean of all",
            "column",
            "segment",
            columns,
            bySegment.entrySet().stream()
                .limit(SHOWN_SEGMENTS)
                .map(
                    e ->
                        new Series(
                            "segment " + e.getKey(),
                            List.of(),
                            columns.stream()
                                .map(c -> e.getValue().get(c).<Double>getAs("deviations"))
                                .toList()))
                .toList()));
    report.table(means(bySegment));
  }

  private FactTable means(Map<Integer, Map<String, Row>> bySegment) {
    List<String> head = new ArrayList<>(List.of("segment", "users", "share"));
    head.addAll(columns);
    List<List<String>> rows = new ArrayList<>();
    bySegment.forEach(
        (segment, profile) -> {
          List<String> row = new ArrayList<>();
          row.add(String.valueOf(segment));
          row.add(String.valueOf(first(profile).<Long>getAs("users")));
          row.add("%.1f %%".formatted(100 * first(profile).<Double>getAs("share")));
          columns.forEach(c -> row.add("%.4g".formatted(profile.get(c).<Double>getAs("mean"))));
          rows.add(row);
        });
    return new FactTable("Means of segments", head, rows);
  }

  private static Row first(Map<String, Row> profile) {
    return profile.values().iterator().next();
  }

  /**
   * @param items as {@link Profiles#items} makes them
   */
  void items(Dataset<Row> items) {
    List<Row> best =
        items
            .filter(col("rank").leq(SHOWN_ITEMS).and(col("segment").leq(SHOWN_SEGMENTS)))
            .orderBy("segment", "rank")
            .collectAsList();
    report.table(
        new FactTable(
            "What segments have more often than all",
            List.of("segment", "item", "users", "share", "share of all", "lift"),
            best.stream()
                .map(
                    r ->
                        List.of(
                            String.valueOf(r.<Integer>getAs("segment")),
                            r.<String>getAs("item"),
                            String.valueOf(r.<Long>getAs("users")),
                            "%.1f %%".formatted(100 * r.<Double>getAs("share")),
                            "%.1f %%".formatted(100 * r.<Double>getAs("share_of_all")),
                            "%.2f".formatted(r.<Double>getAs("lift"))))
                .toList()));
  }
}
