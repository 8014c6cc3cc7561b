package org.millrace.forecast.method;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.forecast.series.History;

/**
 * Real series and what other programs say of them: the files under /reference and their scripts.
 */
public final class References {
  private References() {}

  /** The rows of a file: column to text. */
  public static List<Map<String, String>> rows(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                References.class.getResourceAsStream("/reference/" + file),
                StandardCharsets.UTF_8))) {
      String[] columns = reader.readLine().split(",", -1);
      return reader
          .lines()
          .map(line -> line.split(",", -1))
          .map(
              cells ->
                  IntStream.range(0, columns.length)
                      .boxed()
                      .collect(Collectors.toMap(i -> columns[i], i -> cells[i])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each series of series.csv. */
  public static Map<String, History> series() {
    return rows("series.csv").stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get("series"),
                LinkedHashMap::new,
                Collectors.collectingAndThen(Collectors.toList(), References::history)));
  }

  private static History history(List<Map<String, String>> rows) {
    double[] values = rows.stream().mapToDouble(row -> number(row, "value")).toArray();
    int period = (int) number(rows.get(0), "period");
    return period == 1 ? History.of(values) : History.of(values, period);
  }

  public static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
