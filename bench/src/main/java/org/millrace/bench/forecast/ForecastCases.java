package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes the files that all sides of a forecast benchmark read. {@code accuracy ORIGINS OUT
 * FOLDER...}: cases.csv and truth.csv of rolling origins of open series. {@code speed COUNT OUT
 * FOLDER...}: speed.csv of monthly series of 120 steps, each a window of an open series, scaled,
 * with noise of a tenth of its changes.
 */
public final class ForecastCases {
  private static final int LEAST_SEASONS = 3;
  private static final int LEAST_STEPS = 24;
  private static final int STEPS = 120;
  private static final int MONTHS = 12;
  private static final long SEED = 20_240_611;

  private ForecastCases() {}

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[2]);
    List<Path> folders = Arrays.stream(arguments).skip(3).map(Path::of).toList();
    OpenSeries series = new OpenSeries(OpenSeries.files(folders));
    if (arguments[0].equals("accuracy")) {
      accuracy(series, out, Integer.parseInt(arguments[1]));
    } else {
      ForecastCase.write(out.resolve("speed.csv"), speed(series, Integer.parseInt(arguments[1])));
    }
  }

  private static void accuracy(OpenSeries series, Path out, int origins) throws IOException {
    List<ForecastCase> cases = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    for (Map.Entry<String, double[]> one : series.values().entrySet()) {
      int period = series.period(one.getKey());
      int horizon = period == MONTHS ? MONTHS : period == 1 ? 6 : 2 * period;
      double[] y = one.getValue();
      for (int o = 0; o < origins; o++) {
        int end = y.length - horizon - o * horizon / 2;
        if (end >= Math.max(LEAST_SEASONS * period, LEAST_STEPS)) {
          String id = one.getKey() + "#" + o;
          cases.add(new ForecastCase(id, new int[] {period}, horizon, Arrays.copyOf(y, end)));
          truth.add(id + "," + ForecastCase.text(Arrays.copyOfRange(y, end, end + horizon)));
        }
      }
    }
    ForecastCase.write(out.resolve("cases.csv"), cases);
    Files.write(out.resolve("truth.csv"), truth);
  }

  private static List<ForecastCase> speed(OpenSeries series, int count) {
    List<String> monthly =
        series.values().keySet().stream()
            .filter(name -> series.period(name) == MONTHS)
            .filter(name -> series.values().get(name).length >= STEPS)
            .toList();
    Random random = new Random(SEED);
    List<ForecastCase> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] y = series.values().get(monthly.get(random.nextInt(monthly.size())));
      int from = random.nextInt(y.length - STEPS + 1);
      double factor = 0.5 + 1.5 * random.nextDouble();
      double change = 0;
      for (int t = 1; t < y.length; t++) {
        change += Math.abs(y[t] - y[t - 1]) / (y.length - 1);
      }
      double[] values = new double[STEPS];
      for (int t = 0; t < STEPS; t++) {
        values[t] = round(factor * (y[from + t] + 0.1 * change * random.nextGaussian()));
      }
      cases.add(new ForecastCase("s" + i, new int[] {MONTHS}, MONTHS, values));
    }
    return cases;
  }

  private static double round(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.8g", value));
  }
}
