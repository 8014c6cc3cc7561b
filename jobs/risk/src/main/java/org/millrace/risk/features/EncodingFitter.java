package org.millrace.risk.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Fits how columns are encoded, on training rows. */
public final class EncodingFitter {
  private final FeaturesConfig config;

  public EncodingFitter(FeaturesConfig config) {
    this.config = config;
  }

  public RowEncoder fit(Dataset<Row> rows, List<FeatureColumn> columns) {
    List<String> categorical =
        columns.stream()
            .filter(c -> c.kind() == ColumnKind.CATEGORICAL)
            .map(FeatureColumn::name)
            .toList();
    Map<String, List<String>> levels = levels(rows, categorical);
    List<ColumnEncoder> encoders = new ArrayList<>();
    for (FeatureColumn column : columns) {
      encoders.add(
          switch (column.kind()) {
            case NUMERIC -> new NumberEncoder(column.name());
            case BOOLEAN -> new BooleanEncoder(column.name());
            case CATEGORICAL ->
                OneHotEncoder.of(column.name(), levels.getOrDefault(column.name(), List.of()));
          });
    }
    return new RowEncoder(encoders);
  }

  /** The most frequent levels of each column. */
  private Map<String, List<String>> levels(Dataset<Row> rows, List<String> columns) {
    Map<String, List<String>> levels = new TreeMap<>();
    if (columns.isEmpty()) {
      return levels;
    }
    Column[] texts =
        columns.stream().map(c -> rows.col(quote(c)).cast("string")).toArray(Column[]::new);
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
            .filter(col("rank").leq(config.oneHotLevels()))
            .select("place", "level")
            .collectAsList()) {
      levels
          .computeIfAbsent(columns.get(row.getInt(0)), c -> new ArrayList<>())
          .add(row.getString(1));
    }
    return levels;
  }

  static String quote(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
