package org.millrace.risk.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DateType;
import org.millrace.eval.ColumnNames;
import org.millrace.outcome.Stop;

/** Fits how columns are encoded, on training rows. */
public final class EncodingFitter {
  /** Levels of a column whose frequencies are known; those beyond are rare among so many. */
  private static final int MOST_LEVELS = 10_000;

  private final FeaturesConfig config;

  public EncodingFitter(FeaturesConfig config) {
    this.config = config;
  }

  /**
   * What was fitted.
   *
   * @param encoder for rows that it was not fitted on
   * @param byFold for training rows of a fold, where features are made of labels: of those of other
   *     rows; empty where none are
   * @param left columns of which no features are made, with the reason
   */
  public record Encoded(
      RowEncoder encoder, Map<Integer, RowEncoder> byFold, Map<String, String> left) {

    /** The encoder for training rows of a fold. */
    public RowEncoder of(int fold) {
      return byFold.getOrDefault(fold, encoder);
    }
  }

  /** Fits encoders that look at no labels. */
  public Encoded fit(Dataset<Row> rows, List<FeatureColumn> columns) {
    return fit(rows, columns, Optional.empty());
  }

  /**
   * Fits the encoders of all columns that tell rows apart.
   *
   * @param targets the labels, where there are some
   * @throws Stop exit 3 where none does
   */
  public Encoded fit(Dataset<Row> rows, List<FeatureColumn> columns, Optional<Targets> targets) {
    Map<String, String> left = SilentColumns.of(rows, columns);
    List<FeatureColumn> kept = columns.stream().filter(c -> !left.containsKey(c.name())).toList();
    if (kept.isEmpty()) {
      throw Stop.contract(
          "no column tells the training rows apart: %s",
          String.join(
              ", ", left.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList()));
    }
    List<String> categorical =
        kept.stream()
            .filter(c -> c.kind() == ColumnKind.CATEGORICAL)
            .map(FeatureColumn::name)
            .toList();
    Map<String, Map<String, Long>> levels = levels(rows, categorical);
    List<ColumnEncoder> encoders =
        kept.stream().flatMap(column -> encoders(rows, column, levels)).toList();
    Optional<TargetStatistics> statistics =
        config
            .targetSmoothing()
            .flatMap(s -> targets.map(t -> TargetStatistics.of(rows, manyLevels(levels), t, s)));
    if (statistics.isEmpty()) {
      return new Encoded(new RowEncoder(encoders), Map.of(), left);
    }
    Map<Integer, RowEncoder> byFold = new TreeMap<>();
    for (int fold : statistics.get().folds()) {
      IntPredicate informing = targets.orElseThrow().informing().apply(fold);
      byFold.put(fold, with(encoders, statistics.get(), levels, informing));
    }
    return new Encoded(with(encoders, statistics.get(), levels, fold -> true), byFold, left);
  }

  /** Columns with more levels than get a feature each. */
  private Map<String, Set<String>> manyLevels(Map<String, Map<String, Long>> levels) {
    Map<String, Set<String>> many = new TreeMap<>();
    levels.forEach(
        (column, rows) -> {
          if (rows.size() > config.oneHotLevels()) {
            many.put(column, rows.keySet());
          }
        });
    return many;
  }

  private RowEncoder with(
      List<ColumnEncoder> encoders,
      TargetStatistics statistics,
      Map<String, Map<String, Long>> levels,
      IntPredicate informing) {
    List<ColumnEncoder> all = new ArrayList<>(encoders);
    manyLevels(levels).keySet().forEach(c -> all.add(statistics.encoder(c, informing)));
    return new RowEncoder(all);
  }

  private Stream<ColumnEncoder> encoders(
      Dataset<Row> rows, FeatureColumn column, Map<String, Map<String, Long>> levels) {
    String name = column.name();
    return switch (column.kind()) {
      case NUMERIC -> Stream.of(new NumberEncoder(name));
      case BOOLEAN -> Stream.of(new BooleanEncoder(name));
      case TIME ->
          Stream.of(
              new TimeEncoder(name, !(rows.schema().apply(name).dataType() instanceof DateType)));
      case TEXT ->
          Stream.of(
              TextEncoder.fit(
                  name,
                  rows.select(ColumnNames.column(rows, name)).javaRDD(),
                  config.textBuckets()));
      case CATEGORICAL -> categorical(name, levels.getOrDefault(name, Map.of()));
    };
  }

  private Stream<ColumnEncoder> categorical(String column, Map<String, Long> levels) {
    List<String> first = levels.keySet().stream().limit(config.oneHotLevels()).toList();
    OneHotEncoder oneHot = OneHotEncoder.of(column, first);
    return levels.size() <= config.oneHotLevels()
        ? Stream.of(oneHot)
        : Stream.of(oneHot, new FrequencyEncoder(column, levels, config.hashBuckets()));
  }

  /** The most frequent levels of each column with their rows, the most frequent first. */
  private Map<String, Map<String, Long>> levels(Dataset<Row> rows, List<String> columns) {
    Map<String, Map<String, Long>> levels = new HashMap<>();
    if (columns.isEmpty()) {
      return levels;
    }
    Column[] texts =
        columns.stream()
            .map(c -> ColumnNames.column(rows, c).cast("string"))
            .toArray(Column[]::new);
    Dataset<Row> counted =
        rows.select(posexplode(array(texts)).as(new String[] {"place", "level"}))
            .filter(col("level").isNotNull())
            .groupBy("place", "level")
            .agg(count(lit(1)).as("rows"))
            .filter(col("rows").geq(config.rareRows()));
    Column rank =
        row_number().over(Window.partitionBy("place").orderBy(col("rows").desc(), col("level")));
    for (Row row :
        counted
            .withColumn("rank", rank)
            .filter(col("rank").leq(Math.max(config.oneHotLevels(), MOST_LEVELS)))
            .orderBy("place", "rank")
            .select("place", "level", "rows")
            .collectAsList()) {
      levels
          .computeIfAbsent(columns.get(row.getInt(0)), c -> new LinkedHashMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return levels;
  }
}
