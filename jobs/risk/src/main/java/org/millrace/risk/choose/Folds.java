package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DateType;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;
import org.millrace.risk.learn.Examples;

/**
 * How training rows are divided into folds for the choice among learners and for out-of-fold
 * scores. The same rows always are in the same folds, whatever their order and partitioning.
 */
public sealed interface Folds {

  /**
   * Adds the columns {@link Examples#FOLD}, an int from 0, and {@link Examples#KNOWN}.
   *
   * @param rows with {@link Examples#ID}
   * @param classes the column of doubles that tells classes apart; empty where there are none
   * @param told column with the time at which a row's label is known, which only walking forward
   *     looks at; empty where it is known with the row
   */
  Dataset<Row> assign(
      Dataset<Row> rows, Optional<String> classes, Optional<String> told, long seed);

  /** The folds of rows whose labels are known with them. */
  default Dataset<Row> assign(Dataset<Row> rows, Optional<String> classes, long seed) {
    return assign(rows, classes, Optional.empty(), seed);
  }

  /** The folds of whose labels features of a fold's rows may be made: others than their own. */
  default IntPredicate informing(int fold) {
    return other -> other != fold;
  }

  /** What is learnt from and what is predicted, one after the other. */
  List<Round> rounds();

  /** A sentence for the model card. */
  String describe();

  /**
   * Each row in one of some folds, by a hash of its keys; each fold has its share of each class.
   *
   * @param folds at least 2
   */
  record Random(int folds) implements Folds {
    public Random {
      Check.that(folds >= 2 && folds <= 100, "folds", folds, "2 to 100");
    }

    @Override
    public Dataset<Row> assign(
        Dataset<Row> rows, Optional<String> classes, Optional<String> told, long seed) {
      Column fold = floor(col(Strata.DRAWN).multiply(folds)).cast("int");
      return placed(Strata.draw(rows, classes, seed, Strata.FEW), fold).drop(Strata.DRAWN);
    }

    @Override
    public List<Round> rounds() {
      return IntStream.range(0, folds).mapToObj(f -> new Round(f, false)).toList();
    }

    @Override
    public String describe() {
      return "Chosen by cross-validation in %d folds.".formatted(folds);
    }
  }

  /**
   * A part of the rows is predicted once: for tables so large that several rounds would only cost
   * time.
   *
   * @param share of the rows that are predicted, in (0, 1)
   */
  record Split(double share) implements Folds {
    public Split {
      Check.that(share > 0 && share < 1, "share", share, "between 0 and 1");
    }

    @Override
    public Dataset<Row> assign(
        Dataset<Row> rows, Optional<String> classes, Optional<String> told, long seed) {
      Column fold = when(col(Strata.DRAWN).lt(share), 1).otherwise(0);
      return placed(Strata.draw(rows, classes, seed, Strata.FEW), fold).drop(Strata.DRAWN);
    }

    @Override
    public List<Round> rounds() {
      return List.of(new Round(1, true));
    }

    @Override
    public String describe() {
      return "Chosen on a part of %s of the training rows.".formatted(share);
    }
  }

  /**
   * Rows of one group, such as a customer, are all in the same fold: what is measured is what the
   * model knows of groups that it has not seen.
   *
   * @param columns that tell the groups apart
   * @param folds at least 2
   */
  record Grouped(List<String> columns, int folds) implements Folds {
    public Grouped {
      Check.that(!columns.isEmpty(), "columns", columns, "a list of one column or more");
      Check.that(folds >= 2 && folds <= 100, "folds", folds, "2 to 100");
      columns = List.copyOf(columns);
    }

    @Override
    public Dataset<Row> assign(
        Dataset<Row> rows, Optional<String> classes, Optional<String> told, long seed) {
      Column[] parts =
          Stream.concat(
                  Stream.of(lit(seed)), columns.stream().map(k -> ColumnNames.column(rows, k)))
              .toArray(Column[]::new);
      Column drawn = pmod(xxhash64(parts), lit(folds)).cast("int");
      return placed(rows, drawn);
    }

    @Override
    public List<Round> rounds() {
      return IntStream.range(0, folds).mapToObj(f -> new Round(f, false)).toList();
    }

    @Override
    public List<String> named() {
      return columns;
    }

    @Override
    public String describe() {
      return "Chosen by cross-validation in %d folds of whole groups by %s."
          .formatted(folds, String.join(", ", columns));
    }
  }

  /**
   * Walk-forward: the rows are cut into stretches of time with about as many rows each; each
   * stretch but the first is predicted by what was learnt from all before it. Rows before it whose
   * label is only known in it are not learnt from: they would tell of what is to be predicted
   * (purging; Lopez de Prado, Advances in Financial Machine Learning, 2018, section 7.4.1).
   *
   * @param column of a number, a date or a timestamp
   * @param folds that are predicted, at least 1
   */
  record TimeOrdered(String column, int folds) implements Folds {
    private static final double EXACT = 0.0001;

    public TimeOrdered {
      Check.that(folds >= 1 && folds <= 100, "folds", folds, "1 to 100");
    }

    @Override
    public Dataset<Row> assign(
        Dataset<Row> rows, Optional<String> classes, Optional<String> told, long seed) {
      double[] shares =
          IntStream.rangeClosed(1, folds).mapToDouble(f -> f / (folds + 1.0)).toArray();
      Dataset<Row> times = rows.select(number(rows, column).as("time"));
      double[] cuts = times.stat().approxQuantile("time", shares, EXACT);
      return rows.withColumn(Examples.FOLD, place(number(rows, column), cuts))
          .withColumn(Examples.KNOWN, place(number(rows, told.orElse(column)), cuts));
    }

    private static Column number(Dataset<Row> rows, String column) {
      Column time = ColumnNames.column(rows, column);
      return rows.schema().apply(column).dataType() instanceof DateType
          ? unix_date(time).cast("double")
          : time.cast("double");
    }

    private static Column place(Column time, double[] cuts) {
      Column fold = lit(0);
      for (double cut : cuts) {
        fold = fold.plus(when(time.gt(cut), 1).otherwise(0));
      }
      return fold;
    }

    @Override
    public IntPredicate informing(int fold) {
      return earlier -> earlier < fold;
    }

    @Override
    public List<Round> rounds() {
      return IntStream.rangeClosed(1, folds).mapToObj(f -> new Round(f, true)).toList();
    }

    @Override
    public List<String> named() {
      return List.of(column);
    }

    @Override
    public String describe() {
      return "Chosen walking forward over %d stretches of %s, each predicted from all before it."
          .formatted(folds, column);
    }
  }

  /** Columns that it names. */
  default List<String> named() {
    return List.of();
  }

  private static Dataset<Row> placed(Dataset<Row> rows, Column fold) {
    return rows.withColumn(Examples.FOLD, fold).withColumn(Examples.KNOWN, col(Examples.FOLD));
  }
}
