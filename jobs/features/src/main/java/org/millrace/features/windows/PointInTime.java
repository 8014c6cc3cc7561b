package org.millrace.features.windows;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;

/**
 * Features of rows as they could be known at the rows' own times: from history of the same key that
 * is not younger than the row.
 *
 * <p>History and the rows that ask are sorted together by key and time and gone over once; windows
 * slide, so that a row costs the same however long the windows are. The time of a key with very
 * many rows is cut into slabs that are as long as any feature looks back: each slab sees its own
 * history and that of the one before, and goes to a task of its own.
 *
 * <p>History rows of one key and instant follow each other by the values that are told, of the lag
 * columns first, null before all: the order in which rows are read does not show.
 */
public final class PointInTime {
  private static final String KEY = "_key";
  private static final String AT = "_at";
  private static final String ASKS = "_asks";
  private static final String TELLS = "_tells";
  private static final String SLAB = "_slab";

  private final Lookback lookback;
  private final List<String> keys;

  /**
   * A plan.
   *
   * @param keys columns, of the rows and of the history, that say whose a row is
   */
  public PointInTime(Lookback lookback, List<String> keys) {
    this.lookback = lookback;
    this.keys = List.copyOf(keys);
  }

  /**
   * Features of rows from the history of another table.
   *
   * @param rows any columns, with the keys
   * @param rowTime timestamp column of the rows
   * @param history with the keys and the columns that are looked at
   * @param historyTime timestamp column of the history
   * @return the columns of the rows, then those of {@link Lookback#schema}; each row once. A row
   *     without one of the keys is nobody's: it has no history, and is in none
   */
  public Dataset<Row> features(
      Dataset<Row> rows, String rowTime, Dataset<Row> history, String historyTime) {
    Dataset<Row> asking =
        rows.select(key(), micros(rowTime).as(AT), all(rows).as(ASKS), noTells(history).as(TELLS));
    Dataset<Row> telling =
        history
            .filter(known())
            .select(
                key(),
                micros(historyTime).as(AT),
                lit(null).cast(rows.schema()).as(ASKS),
                tells().as(TELLS));
    return scan(asking.unionByName(telling), telling, rows.schema(), history.schema());
  }

  /** Features of the rows of a history from what came before them. */
  public Dataset<Row> features(Dataset<Row> history, String time) {
    Dataset<Row> both =
        history.select(
            key(), micros(time).as(AT), all(history).as(ASKS), when(known(), tells()).as(TELLS));
    return scan(both, both, history.schema(), history.schema());
  }

  private Column key() {
    return struct(keys.stream().map(ColumnNames::column).toArray(Column[]::new)).as(KEY);
  }

  private Column known() {
    return keys.stream()
        .map(k -> ColumnNames.column(k).isNotNull())
        .reduce(Column::and)
        .orElse(lit(true));
  }

  private static Column micros(String time) {
    return unix_micros(ColumnNames.column(time).cast("timestamp"));
  }

  private static Column all(Dataset<Row> rows) {
    return struct(Arrays.stream(rows.columns()).map(ColumnNames::column).toArray(Column[]::new));
  }

  private Column tells() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < lookback.lagColumns().size(); i++) {
      columns.add(ColumnNames.column(lookback.lagColumns().get(i)).as("l" + i));
    }
    for (int i = 0; i < lookback.aggregates().size(); i++) {
      columns.add(
          ColumnNames.column(lookback.aggregates().get(i).column()).cast("double").as("a" + i));
    }
    columns.add(lit(true).as("there"));
    return struct(columns.toArray(Column[]::new));
  }

  private Column noTells(Dataset<Row> history) {
    return lit(null).cast(history.limit(0).select(tells()).schema().fields()[0].dataType());
  }

  private Dataset<Row> scan(
      Dataset<Row> rows, Dataset<Row> telling, StructType asking, StructType history) {
    StructType features = lookback.schema(history);
    StructType result = asking;
    for (var field : features.fields()) {
      result = result.add(field);
    }
    int partitions = partitions(rows.sparkSession());
    Dataset<Row> sorted =
        slabs(rows, telling, partitions)
            .repartition(partitions, col(KEY), col(SLAB))
            // Rows of one instant by what they tell: in whatever order they come, the last is the
            // same.
            .sortWithinPartitions(KEY, SLAB, AT, TELLS)
            .select(struct(col(KEY), col(SLAB)).as(KEY), col(AT), col(ASKS), col(TELLS));
    return sorted.mapPartitions(
        new LookbackScan(lookback, asking.size(), features.size()), Encoders.row(result));
  }

  /** Rows with the slab of time that they are looked at in; history of busy keys in two. */
  private Dataset<Row> slabs(Dataset<Row> rows, Dataset<Row> telling, int partitions) {
    long all = telling.count();
    // So many rows make a task clearly longer than the others; at most 4 x partitions keys have
    // them.
    long many = Math.max(10_000, all / (4L * partitions));
    Dataset<Row> busy =
        telling
            .groupBy(KEY)
            .agg(count(lit(1)).as("_rows"))
            .filter(col("_rows").gt(many))
            .select(col(KEY).as("_busy_key"), lit(true).as("_busy"));
    Column own =
        when(col("_busy"), floor(col(AT).divide(lookback.reachMicros()))).otherwise(lit(0L));
    Dataset<Row> placed =
        rows.join(broadcast(busy), col(KEY).eqNullSafe(col("_busy_key")), "left")
            .select(
                col(KEY),
                col(AT),
                col(ASKS),
                col(TELLS),
                coalesce(col("_busy"), lit(false)).as("_busy"))
            .withColumn(SLAB, own);
    Column nobody = lit(null).cast(rows.schema().apply(ASKS).dataType());
    Column here = struct(col(SLAB), col(ASKS));
    Column next = struct(col(SLAB).plus(1).as(SLAB), nobody.as(ASKS));
    return placed
        .withColumn(
            "_places",
            when(col("_busy").and(col(TELLS).isNotNull()), array(here, next))
                .otherwise(array(here)))
        .select(col(KEY), col(AT), col(TELLS), explode(col("_places")).as("_place"))
        .select(
            col(KEY),
            col(AT),
            col("_place." + ASKS).as(ASKS),
            col(TELLS),
            col("_place." + SLAB).as(SLAB));
  }

  private static int partitions(SparkSession spark) {
    int shuffle = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    return Math.max(shuffle, 4 * spark.sparkContext().defaultParallelism());
  }
}
