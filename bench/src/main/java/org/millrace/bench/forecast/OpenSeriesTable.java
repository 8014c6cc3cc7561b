package org.millrace.bench.forecast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes all monthly, quarterly and yearly open series of some folders as one table: OUT FOLDER...;
 * columns series, timestamp, value. Times are steps of the right length from 1950 on.
 */
public final class OpenSeriesTable {
  private static final LocalDate FIRST = LocalDate.of(1950, 1, 1);
  private static final int MONTHS = 12;

  private OpenSeriesTable() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> folders = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    OpenSeries series = new OpenSeries(OpenSeries.files(folders));
    List<String> rows = new ArrayList<>();
    rows.add("series,timestamp,value");
    series
        .values()
        .forEach(
            (name, values) -> {
              int months = MONTHS / series.period(name);
              for (int t = 0; t < values.length; t++) {
                LocalDate day = FIRST.plusMonths((long) months * t);
                rows.add("%s,%sT00:00:00Z,%s".formatted(name, day, values[t]));
              }
            });
    Files.write(Path.of(arguments[0]), rows);
  }
}
