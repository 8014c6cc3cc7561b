package org.millrace.forecast.series;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Many series as rows of one shape, and how they are spread over tasks: all rows of a series in one
 * task, in the order of time, streamed; many series a task, and tasks of about equal cost.
 *
 * <p>Columns: the keys, then {@value #TIME} (microseconds since 1970; null on rows that only carry
 * a note), {@value #VALUE}, the regressors as __known0 and so on, and {@value #NOTE}.
 */
public final class SeriesTable {
  static final String TIME = "__time";
  static final String VALUE = "__value";
  static final String KNOWN = "__known";
  static final String NOTE = "__note";
  private static final String NOTES = "note";
  private static final String TASK = "__task";
  private static final String BUCKET = "__bucket";
  private static final String COST = "__cost";

  /** Cost is summed by bucket, so that the driver sees this many numbers however many series. */
  private static final int BUCKETS = 4096;

  private final Dataset<Row> rows;
  private final SeriesLayout layout;

  private SeriesTable(Dataset<Row> rows, SeriesLayout layout) {
    this.rows = rows;
    this.layout = layout;
  }

  /** Makes series of a table with the columns that the layout names. */
  public static SeriesTable of(Dataset<Row> table, SeriesLayout layout) {
    List<Column> columns = new ArrayList<>();
    Dataset<Row> tall = table;
    if (layout.shape() instanceof SeriesLayout.Shape.Columns wide) {
      Column[] cells =
          wide.values().stream()
              .map(name -> struct(lit(name).as("name"), quoted(name).cast("double").as("value")))
              .toArray(Column[]::new);
      tall = table.withColumn("__cell", explode(array(cells)));
      columns.add(col("__cell.name").as(SeriesLayout.Shape.Columns.NAME));
    } else {
      layout.shape().keys().forEach(key -> columns.add(quoted(key)));
    }
    columns.add(micros(tall.schema().apply(layout.time()).dataType(), layout).as(TIME));
    columns.add(
        layout.shape() instanceof SeriesLayout.Shape.Rows one
            ? quoted(one.value()).cast("double").as(VALUE)
            : col("__cell.value").as(VALUE));
    for (int r = 0; r < layout.known().size(); r++) {
      columns.add(quoted(layout.known().get(r)).cast("double").as(KNOWN + r));
    }
    columns.add(lit(null).cast("string").as(NOTE));
    return new SeriesTable(tall.select(columns.toArray(Column[]::new)), layout);
  }

  /**
   * The same with a note on series, which comes before their rows.
   *
   * @param told the key columns, and what is told in a column {@value #NOTES}
   */
  public SeriesTable with(Dataset<Row> told) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      String name = field.name();
      columns.add(
          layout.shape().keys().contains(name)
              ? quoted(name).cast(field.dataType())
              : (name.equals(NOTE) ? col(NOTES) : lit(null).cast(field.dataType())).as(name));
    }
    return new SeriesTable(rows.unionByName(told.select(columns.toArray(Column[]::new))), layout);
  }

  /** The series whose key is among these; for a few. */
  public SeriesTable only(Dataset<Row> keys) {
    if (layout.shape().keys().isEmpty()) {
      return this;
    }
    Dataset<Row> few = org.apache.spark.sql.functions.broadcast(keys);
    Column same =
        layout.shape().keys().stream()
            .map(k -> rows.col(backticked(k)).eqNullSafe(few.col(backticked(k))))
            .reduce(Column::and)
            .orElseThrow();
    return new SeriesTable(rows.join(few, same, "left_semi"), layout);
  }

  /** The key columns with their types. */
  public StructType keys() {
    StructType keys = new StructType();
    for (String key : layout.shape().keys()) {
      keys = keys.add(key, rows.schema().apply(key).dataType(), true);
    }
    return keys;
  }

  /** What a task does with its series. */
  public interface Worker extends AutoCloseable {
    Iterator<Row> work(RawSeries series);

    /** Rows behind those of the last series. */
    Iterator<Row> end();

    @Override
    void close();
  }

  /** Makes a task's worker, on the executor. */
  public interface Work extends java.io.Serializable {
    Worker begin();
  }

  /** What one series costs, by the number of its rows. */
  public interface Cost extends java.io.Serializable {
    double of(int rows);
  }

  /**
   * What workers made of the series.
   *
   * @param series how many there are in the table
   */
  public record Worked(Dataset<Row> rows, long series) {}

  /**
   * Lets workers go over all series.
   *
   * @param schema of the rows that they give
   */
  public Worked work(Work work, StructType schema, Cost cost, int tasks) {
    Column[] keys = layout.shape().keys().stream().map(SeriesTable::quoted).toArray(Column[]::new);
    Column bucket =
        keys.length == 0 ? lit(0) : pmod(xxhash64(keys), lit(BUCKETS)).cast(DataTypes.IntegerType);
    int most = layout.maxPoints();
    UDF1<Long, Double> costOf = n -> cost.of((int) Math.min(n, most));
    List<Row> buckets =
        rows.filter(col(TIME).isNotNull())
            .groupBy(keys)
            .agg(count(lit(1)).as(COST))
            .withColumn(BUCKET, bucket)
            .withColumn(COST, udf(costOf, DataTypes.DoubleType).apply(col(COST)))
            .groupBy(BUCKET)
            .agg(sum(COST), count(lit(1)))
            .collectAsList();
    double[] costs = new double[BUCKETS];
    long series = 0;
    for (Row row : buckets) {
      costs[row.getInt(0)] = row.getDouble(1);
      series += row.getLong(2);
    }
    int[] numbers = TaskBalance.numbers(costs, tasks);
    UDF1<Integer, Integer> numberOf = b -> numbers[b];
    Dataset<Row> sorted =
        rows.withColumn(TASK, udf(numberOf, DataTypes.IntegerType).apply(bucket))
            .repartition(tasks, col(TASK))
            .drop(TASK)
            .sortWithinPartitions(
                java.util.Arrays.stream(rows.columns())
                    .map(SeriesTable::quoted)
                    .toArray(Column[]::new));
    SeriesRules shipped = SeriesRules.of(layout);
    JavaRDD<Row> worked =
        sorted
            .javaRDD()
            .mapPartitions(part -> new WorkingIterator(new SeriesReader(part, shipped), work));
    return new Worked(rows.sparkSession().createDataFrame(worked, schema), series);
  }

  private static Column micros(DataType type, SeriesLayout layout) {
    Column time = quoted(layout.time());
    if (type instanceof TimestampType) {
      return unix_micros(time);
    }
    ZoneId zone = ZoneId.of(layout.zone());
    UDF1<Object, Long> inZone = local -> Times.micros(local, zone);
    return udf(inZone, DataTypes.LongType).apply(time);
  }

  private static Column quoted(String name) {
    return col(backticked(name));
  }

  private static String backticked(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
