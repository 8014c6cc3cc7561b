package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The series of a folder: csv files of a time column and a column for each series. The time is a
 * date of a month, or a number of years, of which a step is a month, a quarter or a year.
 */
final class OpenSeries {
  private static final int LATEST = 480;

  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, Integer> periods = new LinkedHashMap<>();

  /** Reads monthly, quarterly and yearly series, the latest 480 steps of each. */
  OpenSeries(List<Path> files) throws IOException {
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      String[] header = lines.get(0).replace("\"", "").split(",", -1);
      int period = period(first(lines.get(1)), first(lines.get(2)));
      if (period > 0) {
        for (int c = 1; c < header.length; c++) {
          add(file, header[c], column(lines, c), period);
        }
      }
    }
  }

  private void add(Path file, String column, double[] series, int period) {
    String name = String.valueOf(file.getFileName()).replace(".csv", "") + "-" + column;
    values.put(name, series);
    periods.put(name, period);
  }

  private static double[] column(List<String> lines, int column) {
    return lines.stream()
        .skip(1)
        .skip(Math.max(0, lines.size() - 1 - LATEST))
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
        .toArray();
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf(','));
  }

  private static int period(String one, String next) {
    if (one.contains("-")) {
      return 12;
    }
    double steps = 1 / (Double.parseDouble(next) - Double.parseDouble(one));
    int period = (int) Math.round(steps);
    return period == 1 || period == 4 || period == 12 ? period : 0;
  }

  /** Every csv file below the folders, by name. */
  static List<Path> files(List<Path> folders) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(f -> f.toString().endsWith(".csv")).sorted().forEach(found::add);
      }
    }
    return found;
  }

  Map<String, double[]> values() {
    return values;
  }

  int period(String name) {
    return periods.get(name);
  }
}
