package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.risk.learn.Examples;

/**
 * How training rows are divided into folds for the choice among learners and for out-of-fold
 * scores. The same rows always are in the same folds, whatever their order and partitioning.
 */
public sealed interface Folds {

  /**
   * Adds the column {@link Examples#FOLD}, an int from 0.
   *
   * @param rows with {@link Examples#ID}
   */
  Dataset<Row> assign(Dataset<Row> rows, long seed);

  /** What is learnt from and what is predicted, one after the other. */
  List<Round> rounds();

  /** A sentence for the model card. */
  String describe();

  /**
   * Each row in one of some folds, by a hash of its keys.
   *
   * @param folds at least 2
   */
  record Random(int folds) implements Folds {
    public Random {
      Check.that(folds >= 2 && folds <= 100, "folds", folds, "2 to 100");
    }

    @Override
    public Dataset<Row> assign(Dataset<Row> rows, long seed) {
      return rows.withColumn(Examples.FOLD, drawn(seed, folds));
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
    private static final int PARTS = 1_000_000;

    public Split {
      Check.that(share > 0 && share < 1, "share", share, "between 0 and 1");
    }

    @Override
    public Dataset<Row> assign(Dataset<Row> rows, long seed) {
      Column predicted = drawn(seed, PARTS).lt((int) Math.round(share * PARTS));
      return rows.withColumn(Examples.FOLD, when(predicted, 1).otherwise(0));
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

  private static Column drawn(long seed, int parts) {
    return pmod(xxhash64(lit(seed), col(Examples.ID)), lit(parts)).cast("int");
  }
}
