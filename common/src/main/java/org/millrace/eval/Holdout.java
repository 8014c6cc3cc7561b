package org.millrace.eval;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How test rows are set aside. The same rows always land on the same side, whatever their order and
 * partitioning.
 */
public sealed interface Holdout {

  /**
   * @throws IllegalArgumentException if the holdout needs a time column and the roles name none, or
   *     a column that the roles name is absent
   */
  Split split(Dataset<Row> rows, Roles roles);

  /** A sentence for the model card. */
  String describe();

  /**
   * The same holdout for rows that it already has been taken from, such as the train rows of which
   * a validation set is to be held out.
   */
  default Holdout again() {
    return this;
  }

  /**
   * A random share of the rows, by a hash of their key columns: rows of equal keys stay together,
   * and rows added later do not move those already placed.
   *
   * @param share expected share of test rows, in (0, 1)
   * @param seed another seed gives another, independent split
   */
  record Fraction(double share, long seed) implements Holdout {

    public Fraction {
      requireShare(share);
    }

    @Override
    public Split split(Dataset<Row> rows, Roles roles) {
      requireColumns(rows, roles);
      Column[] hashed =
          Stream.concat(Stream.of(lit(seed)), columns(rows, roles.keys())).toArray(Column[]::new);
      Column uniform = shiftrightunsigned(xxhash64(hashed), 11).multiply(0x1p-53);
      return by(rows, uniform.lt(share));
    }

    /** Another seed: by the same one, every row that is left was already passed over. */
    @Override
    public Holdout again() {
      return new Fraction(share, seed + 1);
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "Held out: a random %s of the rows, chosen by a hash of their keys and the seed %d.",
          percent(share),
          seed);
    }
  }

  /**
   * The newest rows of the whole table: what production will meet. All rows of the moment at which
   * the cut falls are train rows, so that every test row is strictly newer than every train row and
   * ties can make the test share smaller, never larger. Rows without a time are train rows. Finding
   * the cut sorts the time column across the cluster when {@code split} is called.
   *
   * @param share largest share of test rows, in (0, 1)
   */
  record ByTime(double share) implements Holdout {

    public ByTime {
      requireShare(share);
    }

    @Override
    public Split split(Dataset<Row> rows, Roles roles) {
      requireColumns(rows, roles);
      Column time = ColumnNames.column(rows, requireTime(roles, "a holdout by time"));
      Dataset<Row> times = rows.select(time.as("time")).filter(col("time").isNotNull());
      long newest = (long) Math.floor(share * times.count());
      JavaRDD<Row> cut =
          times
              .sort(col("time").desc())
              .javaRDD()
              .zipWithIndex()
              .filter(timeAndAge -> timeAndAge._2() == newest)
              .keys();
      List<Row> moment = cut.collect();
      return moment.isEmpty() ? by(rows, lit(false)) : by(rows, time.gt(lit(moment.get(0).get(0))));
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT, "Held out: the newest %s of the rows by time.", percent(share));
    }
  }

  /**
   * The last rows of each entity by time; equal times are ordered by the other keys, the greatest
   * last. An entity with no more than {@code rows} rows keeps them all for training, so that nobody
   * is judged without a history.
   *
   * @param rows test rows an entity, at least 1
   */
  record LastN(int rows) implements Holdout {

    public LastN {
      if (rows < 1) {
        throw new IllegalArgumentException("rows must be at least 1, was " + rows);
      }
    }

    @Override
    public Split split(Dataset<Row> table, Roles roles) {
      requireColumns(table, roles);
      Column time = ColumnNames.column(table, requireTime(roles, "a holdout of the last rows"));
      Column[] newestFirst =
          Stream.concat(
                  Stream.of(time), columns(table, roles.keys().subList(1, roles.keys().size())))
              .map(Column::desc)
              .toArray(Column[]::new);
      WindowSpec history = Window.partitionBy(ColumnNames.column(table, roles.entity()));
      String age = unused(table, "age");
      String length = unused(table, "length");
      Dataset<Row> ranked =
          table
              .withColumn(age, row_number().over(history.orderBy(newestFirst)))
              .withColumn(length, count(lit(1)).over(history));
      Split split = by(ranked, col(age).leq(rows).and(col(length).gt(rows)));
      return new Split(split.train().drop(age, length), split.test().drop(age, length));
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "Held out: the last %d row%s of each entity by time; entities with no more keep them for"
              + " training.",
          rows,
          rows == 1 ? "" : "s");
    }
  }

  private static Split by(Dataset<Row> rows, Column isTest) {
    Column test = coalesce(isTest, lit(false));
    return new Split(rows.filter(not(test)), rows.filter(test));
  }

  private static Stream<Column> columns(Dataset<Row> rows, List<String> names) {
    return names.stream().map(name -> ColumnNames.column(rows, name));
  }

  private static String requireTime(Roles roles, String who) {
    return roles
        .time()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    who + " needs a time column, but the roles name only " + roles.keys()));
  }

  private static void requireColumns(Dataset<Row> rows, Roles roles) {
    List<String> present = List.of(rows.columns());
    Stream.concat(roles.keys().stream(), roles.time().stream())
        .filter(name -> !present.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "column " + name + " is absent; the table has " + present);
            });
  }

  private static void requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must lie between 0 and 1, was " + share);
    }
  }

  private static String unused(Dataset<Row> rows, String name) {
    List<String> taken = List.of(rows.columns());
    String free = name;
    while (taken.contains(free)) {
      free = "_" + free;
    }
    return free;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.4g %%", 100 * share).replaceAll("\\.?0+ %", " %");
  }
}
