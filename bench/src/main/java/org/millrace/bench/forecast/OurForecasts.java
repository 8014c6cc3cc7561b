package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.arima.AutoArima;
import org.millrace.forecast.method.arima.Transformation;
import org.millrace.forecast.method.ets.Ets;
import org.millrace.forecast.method.seasonal.MstlArima;
import org.millrace.forecast.method.theta.Theta;

/**
 * Our side of the forecast benchmarks, as bench/peers/forecast.R is the other: METHOD CASES OUT
 * CORES [LIMIT]; the last line is series, seconds and series per second.
 */
public final class OurForecasts {
  private static final int WARM_UP = 200;

  private OurForecasts() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException, Method.Unfit {
    Method method = method(arguments[0]);
    List<ForecastCase> cases = ForecastCase.read(Path.of(arguments[1]));
    if (arguments.length > 4) {
      cases = cases.subList(0, Math.min(cases.size(), Integer.parseInt(arguments[4])));
    }
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(arguments[3]));
    try {
      for (int i = 0; i < WARM_UP; i++) {
        forecast(method, cases.get(i % cases.size()));
      }
      List<Future<String>> waiting = new ArrayList<>();
      long from = System.nanoTime();
      for (ForecastCase c : cases) {
        waiting.add(pool.submit(() -> forecast(method, c)));
      }
      List<String> rows = new ArrayList<>();
      rows.add("id,step,mean,lower80,upper80\n");
      for (Future<String> row : waiting) {
        rows.add(row.get());
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      Files.writeString(Path.of(arguments[2]), String.join("", rows));
      System.out.printf(
          Locale.ROOT, "%d %.3f %.4f%n", cases.size(), seconds, cases.size() / seconds);
    } finally {
      pool.shutdown();
    }
  }

  private static Method method(String name) {
    return switch (name) {
      case "auto-arima" -> new AutoArima();
      case "auto-arima-logarithm" -> new AutoArima(5, 2, Transformation.automatic());
      case "ets" -> new Ets();
      case "theta" -> new Theta(false);
      case "theta-optimised" -> new Theta(true);
      case "mstl" -> new MstlArima(5);
      default -> throw new IllegalArgumentException("no such method: " + name);
    };
  }

  private static String forecast(Method method, ForecastCase c) throws Method.Unfit {
    Prediction p = method.fit(c.history()).predict(c.horizon(), new double[0][]);
    StringBuilder rows = new StringBuilder();
    for (int h = 0; h < c.horizon(); h++) {
      rows.append(c.id()).append(',').append(h + 1).append(',').append(p.mean(h));
      rows.append(',').append(p.quantile(h, 0.1)).append(',').append(p.quantile(h, 0.9));
      rows.append('\n');
    }
    return rows.toString();
  }
}
