package org.millrace.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.millrace.report.RunReport.FactTable;

/** A small table on the page: texts to the left, columns of nothing but numbers to the right. */
record TableView(String title, List<Cell> columns, List<Line> rows) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+\u2212]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?( ?%)?|n/a|");

  record Cell(String text, boolean number) {}

  record Line(List<Cell> cells) {}

  static TableView of(FactTable table) {
    return of(table.title(), table.columns(), table.rows());
  }

  /** Bars as a category a row; points as an x a row when all series share it, else one by one. */
  static TableView of(Chart chart) {
    List<Chart.Series> series = chart.series();
    if (chart.categories().isEmpty()
        && series.stream().map(Chart.Series::x).distinct().count() > 1) {
      return points(chart);
    }
    List<String> columns = new ArrayList<>();
    boolean flat = chart.kind() == Chart.Kind.HORIZONTAL_BAR;
    columns.add(flat ? chart.yLabel() : chart.xLabel());
    String measured = flat ? chart.xLabel() : chart.yLabel();
    series.forEach(one -> columns.add(series.size() == 1 ? measured : one.name()));
    int length = series.stream().mapToInt(one -> one.y().size()).max().orElse(0);
    List<List<String>> rows =
        IntStream.range(0, length)
            .mapToObj(
                i -> {
                  List<String> row = new ArrayList<>();
                  row.add(label(chart, i));
                  series.forEach(one -> row.add(number(one.y(), i)));
                  return row;
                })
            .toList();
    return of(chart.title(), columns, rows);
  }

  private static TableView points(Chart chart) {
    List<List<String>> rows = new ArrayList<>();
    for (Chart.Series series : chart.series()) {
      for (int i = 0; i < series.y().size(); i++) {
        rows.add(List.of(series.name(), number(series.x(), i), number(series.y(), i)));
      }
    }
    return of(chart.title(), List.of("series", chart.xLabel(), chart.yLabel()), rows);
  }

  private static String label(Chart chart, int i) {
    if (i < chart.categories().size()) {
      return chart.categories().get(i);
    }
    List<Double> x = chart.series().get(0).x();
    return x.isEmpty() ? Integer.toString(i + 1) : number(x, i);
  }

  private static String number(List<Double> values, int i) {
    return i < values.size() ? Figures.metric(values.get(i)) : "";
  }

  private static TableView of(String title, List<String> columns, List<List<String>> rows) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (int column = 0; column < columns.size(); column++) {
      int at = column;
      if (rows.stream()
          .allMatch(row -> at >= row.size() || NUMBER.matcher(row.get(at)).matches())) {
        numbers.add(column);
      }
    }
    return new TableView(
        title,
        cells(columns, numbers),
        rows.stream().map(row -> new Line(cells(row, numbers))).toList());
  }

  private static List<Cell> cells(List<String> texts, Set<Integer> numbers) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Cell(texts.get(i), numbers.contains(i)))
        .toList();
  }
}
