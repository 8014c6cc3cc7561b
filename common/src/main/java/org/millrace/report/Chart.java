package org.millrace.report;

import java.util.List;

/**
 * A chart of a report: a few hundred points at the most, already aggregated.
 *
 * @param categories labels of the x axis for bars; empty where the series bring their own x
 */
public record Chart(
    String title,
    Kind kind,
    String xLabel,
    String yLabel,
    List<String> categories,
    List<Series> series) {

  public enum Kind {
    BAR,
    HORIZONTAL_BAR,
    LINE,
    SCATTER
  }

  /**
   * @param x empty for bars, else as long as y
   */
  public record Series(String name, List<Double> x, List<Double> y) {}

  public static Chart bars(
      String title, String xLabel, String yLabel, List<String> categories, List<Series> series) {
    return new Chart(title, Kind.BAR, xLabel, yLabel, categories, series);
  }

  public static Chart lines(String title, String xLabel, String yLabel, List<Series> series) {
    return new Chart(title, Kind.LINE, xLabel, yLabel, List.of(), series);
  }
}
