package org.millrace.risk;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.outcome.Stop;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.drift.Distribution;
import org.millrace.risk.drift.Sketches;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.risk.model.Task;
import org.millrace.store.SmallFiles;
import org.millrace.table.InternalRows;

/** What later rows are held against, beside a model: {@code drift.json}. */
final class BaselineFile {
  private static final String NAME = "drift.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private BaselineFile() {}

  /**
   * Measures it: two passes, one over each of the tables.
   *
   * @param train rows that the model has learnt from
   * @param columns of the table; those that the model has no feature of are left out
   * @param heldOut rows that it has not
   */
  static Baseline measure(
      RiskModel model, Dataset<Row> train, List<FeatureColumn> columns, Dataset<Row> heldOut) {
    Set<String> used = Set.copyOf(model.encoder().columns());
    List<Distribution> features =
        Sketches.of(
            train.javaRDD(),
            train.schema(),
            columns.stream().filter(c -> used.contains(c.name())).toList(),
            model.encoder()::levels);
    StructType schema = ScoreSchema.of(model.label().task(), heldOut.schema(), List.of());
    var plan = new ScoredRows.Plan(model, heldOut.schema(), new int[0], Optional.empty());
    Dataset<Row> scored = InternalRows.map(heldOut, schema, part -> new ScoredRows(part, plan));
    List<Distribution> scores =
        Sketches.of(
            scored.javaRDD(),
            schema,
            scores(model.label().task()),
            column -> model.label().classes());
    return new Baseline(
        features.stream().map(d -> ofHistory(model, d.column()) ? d.asHistory() : d).toList(),
        scores.stream()
            .filter(d -> d.rows() > 0)
            .map(d -> toldOfHistory(model) ? d.asHistory() : d)
            .toList());
  }

  private static boolean ofHistory(RiskModel model, String column) {
    return model
        .timeSeries()
        .map(series -> series.names(model.label().column()).contains(column))
        .orElse(false);
  }

  /** A number that is told of a time series wanders as the series does. */
  private static boolean toldOfHistory(RiskModel model) {
    return model.timeSeries().isPresent() && model.label().task() == Task.REGRESSION;
  }

  /** Of several classes the one that is told, and with which probability. */
  private static List<FeatureColumn> scores(Task task) {
    return switch (task) {
      case BINARY -> List.of(new FeatureColumn("probability", ColumnKind.NUMERIC));
      case MULTICLASS ->
          List.of(
              new FeatureColumn("class", ColumnKind.CATEGORICAL),
              new FeatureColumn("probability", ColumnKind.NUMERIC));
      case REGRESSION -> List.of(new FeatureColumn("value", ColumnKind.NUMERIC));
      case ANOMALY -> List.of(new FeatureColumn("anomaly", ColumnKind.NUMERIC));
    };
  }

  static void write(Path folder, Baseline baseline, Configuration hadoop) {
    try {
      SmallFiles.write(
          folder.getFileSystem(hadoop),
          new Path(folder, NAME),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(baseline),
          false);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be written to %s: %s", NAME, folder, e.getMessage()).because(e);
    }
  }

  /** Empty where the model was published without one. */
  static Optional<Baseline> read(Path folder, Configuration hadoop) {
    Path file = new Path(folder, NAME);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      if (!files.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(file)) {
        return Optional.of(JSON.readValue(in, Baseline.class));
      }
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read from %s: %s", NAME, folder, e.getMessage()).because(e);
    }
  }
}
