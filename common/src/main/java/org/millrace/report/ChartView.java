package org.millrace.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart's place on the page; the script draws it from the embedded data.
 *
 * @param index of its data among the page's charts
 * @param height CSS pixels
 * @param description the chart in words, for those who do not see it
 */
record ChartView(int index, String title, int height, String description, TableView data) {
  private static final int HEIGHT = 270;
  private static final int AXIS_HEIGHT = 70;
  private static final int BAR_HEIGHT = 26;
  private static final int CELL_HEIGHT = 22;
  private static final int MOST_HEIGHT = 1400;

  static ChartView of(int index, Chart chart) {
    return new ChartView(
        index, chart.title(), height(chart), description(chart), TableView.of(chart));
  }

  private static int height(Chart chart) {
    if (chart.kind() == Chart.Kind.HEAT_MAP) {
      return Math.min(MOST_HEIGHT, AXIS_HEIGHT + CELL_HEIGHT * chart.series().size());
    }
    if (chart.kind() != Chart.Kind.HORIZONTAL_BAR) {
      return HEIGHT;
    }
    int bars = chart.categories().size() * Math.max(1, chart.series().size());
    return Math.min(MOST_HEIGHT, AXIS_HEIGHT + BAR_HEIGHT * bars);
  }

  private static String description(Chart chart) {
    String kind = chart.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String axes =
        chart.kind() == Chart.Kind.HORIZONTAL_BAR
            ? "%s by %s".formatted(chart.xLabel(), chart.yLabel())
            : "%s by %s".formatted(chart.yLabel(), chart.xLabel());
    String series =
        chart.series().stream().map(one -> range(chart, one)).collect(Collectors.joining("; "));
    return "%s chart: %s. %s."
        .formatted(capital(kind), axes, series.isEmpty() ? "No data" : series);
  }

  private static String range(Chart chart, Chart.Series series) {
    List<Double> known = series.y().stream().filter(Double::isFinite).toList();
    String name = chart.series().size() == 1 ? "" : series.name() + ": ";
    if (known.isEmpty()) {
      return name + "no values";
    }
    double least = known.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = known.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return "%s%s from %s to %s"
        .formatted(
            name,
            Figures.counted(known.size(), "value"),
            Figures.metric(least),
            Figures.metric(most));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
