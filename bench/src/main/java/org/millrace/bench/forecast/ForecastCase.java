package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.millrace.forecast.series.History;

/** A past to forecast, as it stands in a file that all sides read. */
final class ForecastCase {
  private static final String HEADER = "id,period,horizon,values";

  private final String id;
  private final int[] periods;
  private final int horizon;
  private final double[] values;

  ForecastCase(String id, int[] periods, int horizon, double[] values) {
    this.id = id;
    this.periods = periods;
    this.horizon = horizon;
    this.values = values;
  }

  String id() {
    return id;
  }

  int horizon() {
    return horizon;
  }

  double[] values() {
    return values;
  }

  /** A period of 1 is none. */
  History history() {
    return History.of(values, Arrays.stream(periods).filter(p -> p > 1).toArray());
  }

  /** What an error is measured in: the mean absolute error of the seasonal naive in the past. */
  double scale() {
    int period = periods[0];
    double sum = 0;
    for (int t = period; t < values.length; t++) {
      sum += Math.abs(values[t] - values[t - period]);
    }
    return sum / (values.length - period);
  }

  static List<ForecastCase> read(Path file) throws IOException {
    List<ForecastCase> cases = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      int[] periods = Arrays.stream(fields[1].split(";", -1)).mapToInt(Integer::parseInt).toArray();
      cases.add(
          new ForecastCase(fields[0], periods, Integer.parseInt(fields[2]), numbers(fields[3])));
    }
    return cases;
  }

  static double[] numbers(String field) {
    return Arrays.stream(field.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  static void write(Path file, List<ForecastCase> cases) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (ForecastCase c : cases) {
      String periods =
          Arrays.stream(c.periods).mapToObj(Integer::toString).collect(Collectors.joining(";"));
      lines.add(String.join(",", c.id, periods, Integer.toString(c.horizon), text(c.values)));
    }
    Files.write(file, lines);
  }

  static String text(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }
}
