package org.millrace.report;

import com.fasterxml.jackson.annotation.JsonProperty;
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

  /** The names are those of {@code run.json}. */
  public enum Kind {
    @JsonProperty("bar")
    BAR,
    @JsonProperty("horizontal_bar")
    HORIZONTAL_BAR,
    @JsonProperty("line")
    LINE,
    @JsonProperty("scatter")
    SCATTER,
    /** A row of coloured cells for each series, a column for each category. */
    @JsonProperty("heat_map")
    HEAT_MAP
  }

  /**
   * @param x empty for bars, else as long as y
   * @param y NaN leaves a gap
   */
  public record Series(String name, List<Double> x, List<Double> y) {}

  public static Chart bars(
      String title, String xLabel, String yLabel, List<String> categories, List<Series> series) {
    return new Chart(title, Kind.BAR, xLabel, yLabel, categories, series);
  }

  /**
   * Coloured cells: the value of row i and column j is {@code rows.get(i).y().get(j)}.
   *
   * @param columns labels of the columns
   */
  public static Chart heatMap(
      String title, String xLabel, String yLabel, List<String> columns, List<Series> rows) {
    return new Chart(title, Kind.HEAT_MAP, xLabel, yLabel, columns, rows);
  }

  public static Chart lines(String title, String xLabel, String yLabel, List<Series> series) {
    return new Chart(title, Kind.LINE, xLabel, yLabel, List.of(), series);
  }
}
