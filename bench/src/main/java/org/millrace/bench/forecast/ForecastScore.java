package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the forecasts of two sides: CASES TRUTH OURS THEIRS. The last line is the mean MASE of
 * ours, of theirs, and the shares of true values within the 80 % intervals of both.
 */
public final class ForecastScore {
  private ForecastScore() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, double[]> truth = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      int comma = line.indexOf(',');
      truth.put(line.substring(0, comma), ForecastCase.numbers(line.substring(comma + 1)));
    }
    List<ForecastCase> cases = ForecastCase.read(Path.of(arguments[0]));
    Map<String, double[][]> ours = forecasts(Path.of(arguments[2]));
    Map<String, double[][]> theirs = forecasts(Path.of(arguments[3]));
    double[] sum = new double[4];
    int steps = 0;
    Map<String, double[]> bySeries = new LinkedHashMap<>();
    for (ForecastCase c : cases) {
      double[] y = truth.get(c.id());
      double[] both = bySeries.computeIfAbsent(name(c.id()), n -> new double[3]);
      double a = error(c, y, ours.get(c.id()));
      double b = error(c, y, theirs.get(c.id()));
      sum[0] += a;
      sum[1] += b;
      both[0] += a;
      both[1] += b;
      both[2]++;
      sum[2] += within(y, ours.get(c.id()));
      sum[3] += within(y, theirs.get(c.id()));
      steps += y.length;
    }
    bySeries.forEach(
        (name, s) ->
            System.out.printf(
                Locale.ROOT, "%-60s ours %.4f theirs %.4f%n", name, s[0] / s[2], s[1] / s[2]));
    System.out.printf(
        Locale.ROOT,
        "%.4f %.4f %.3f %.3f%n",
        sum[0] / cases.size(),
        sum[1] / cases.size(),
        sum[2] / steps,
        sum[3] / steps);
  }

  private static String name(String id) {
    return id.substring(0, id.indexOf('#'));
  }

  private static double error(ForecastCase c, double[] truth, double[][] forecast) {
    double sum = 0;
    for (int h = 0; h < truth.length; h++) {
      sum += Math.abs(truth[h] - forecast[h][0]);
    }
    return sum / truth.length / c.scale();
  }

  private static int within(double[] truth, double[][] forecast) {
    int count = 0;
    for (int h = 0; h < truth.length; h++) {
      count += truth[h] >= forecast[h][1] && truth[h] <= forecast[h][2] ? 1 : 0;
    }
    return count;
  }

  private static Map<String, double[][]> forecasts(Path file) throws IOException {
    Map<String, List<double[]>> rows = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split(",", -1);
      rows.computeIfAbsent(f[0], id -> new ArrayList<>())
          .add(
              new double[] {
                Double.parseDouble(f[2]), Double.parseDouble(f[3]), Double.parseDouble(f[4])
              });
    }
    Map<String, double[][]> forecasts = new LinkedHashMap<>();
    rows.forEach((id, steps) -> forecasts.put(id, steps.toArray(new double[0][])));
    return forecasts;
  }
}
