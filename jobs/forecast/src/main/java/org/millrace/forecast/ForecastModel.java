package org.millrace.forecast;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.forecast.method.Method;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/**
 * What a backtest leaves for scoring, in {@code forecast.json}; the choices of the series stand
 * beside it in Parquet ({@value #CHOICES}: the key columns and the name of a method).
 *
 * @param keys the columns by which series are told apart
 * @param methods that were measured
 * @param usual the method of series that the backtest has not seen
 * @param conformal by method and then by step the radii of {@code levels}, where intervals are
 *     corrected; else empty
 */
record ForecastModel(
    String format,
    List<String> keys,
    List<MethodChoice> methods,
    String usual,
    List<Double> levels,
    Map<String, double[][]> conformal) {
  /** The kind of the models of this family. */
  static final String KIND = "forecast";

  static final String FORMAT = "millrace-forecast/1";
  static final String CHOICES = "choices";
  private static final String FILE = "forecast.json";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  ForecastModel {
    keys = List.copyOf(keys);
    methods = List.copyOf(methods);
    levels = List.copyOf(levels);
    conformal = Collections.unmodifiableMap(new TreeMap<>(conformal));
  }

  void write(Path folder, Configuration hadoop) {
    Path file = new Path(folder, FILE);
    try {
      SmallFiles.write(
          file.getFileSystem(hadoop),
          file,
          MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this),
          false);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be written: %s", file, e.getMessage()).because(e);
    }
  }

  static ForecastModel read(ModelVersion version, Configuration hadoop) {
    Path file = version.file(FILE);
    try (FileSystem files = FileSystem.newInstance(file.toUri(), hadoop);
        InputStream in = files.open(file)) {
      return MAPPER.readValue(in.readAllBytes(), ForecastModel.class);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  /** The methods by their names. */
  Map<String, Method> byName() {
    Map<String, Method> byName = new TreeMap<>();
    Methods.of(methods).forEach(m -> byName.put(m.name(), m));
    return byName;
  }
}
