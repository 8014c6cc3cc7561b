package org.millrace.recommend.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.ExactSum;

/** What the numbers that users left behind mean. */
public sealed interface Feedback {
  /** Rows are counted: popularity of an item is their number. */
  Feedback COUNTED = new Explicit(Optional.empty());

  /**
   * The table as training takes it.
   *
   * @param rows columns user (string), item (string), rating (double) and, where time matters,
   *     timestamp
   * @return columns user, item, rating (double)
   * @throws IllegalArgumentException if the time matters and there is no column timestamp
   */
  Dataset<Row> prepare(Dataset<Row> rows);

  /**
   * Ratings: how much the user liked the item; the model predicts them. Several ratings of one item
   * by one user are several observations.
   *
   * @param biasShrinkage if present, the global mean and the deviations of each user and item from
   *     it are taken out before the factors are fitted and put back into them afterwards; each
   *     deviation is a mean over the entity's ratings and this many imagined ratings of no
   *     deviation (Koren, Bell and Volinsky, Matrix factorization techniques for recommender
   *     systems, IEEE Computer 42(8), 2009). They help where ratings are noisy and few, and can
   *     hurt where factors explain nearly everything: compare both on held-out ratings. If empty,
   *     the factors alone explain the ratings, as in MLlib
   */
  record Explicit(Optional<Double> biasShrinkage) implements Feedback {

    public Explicit {
      biasShrinkage.ifPresent(
          s -> require(s >= 0 && s <= 1e9, "biasShrinkage must be in 0..1e9", s));
    }

    @Override
    public Dataset<Row> prepare(Dataset<Row> rows) {
      return rows.select(col("user"), col("item"), col("rating").cast("double"));
    }
  }

  /**
   * Behaviour such as clicks and purchases: how sure we are that the user likes the item; the model
   * ranks items (Hu, Koren and Volinsky, Collaborative filtering for implicit feedback datasets,
   * ICDM 2008). The strengths of all events of one user with one item are added.
   *
   * @param alpha confidence gained by a strength of 1; the unobserved has confidence 1
   * @param halfLife if present, a strength is halved for each such duration of its age, counted
   *     back from the newest event of the table
   */
  record Implicit(double alpha, Optional<Duration> halfLife) implements Feedback {

    public Implicit {
      require(alpha > 0 && alpha <= 1e9, "alpha must be above 0 and at most 1e9", alpha);
      halfLife.ifPresent(
          h -> require(!h.isZero() && !h.isNegative(), "halfLife must be positive", h));
    }

    @Override
    public Dataset<Row> prepare(Dataset<Row> rows) {
      Column rating = col("rating").cast("double");
      Column strength = halfLife.map(h -> rating.multiply(decay(rows, h))).orElse(rating);
      return rows.select(col("user"), col("item"), strength.as("rating"))
          .groupBy("user", "item")
          .agg(ExactSum.of(col("rating")).as("rating"));
    }

    private static Column decay(Dataset<Row> rows, Duration halfLife) {
      if (!List.of(rows.columns()).contains("timestamp")) {
        throw new IllegalArgumentException(
            "a half-life needs a column timestamp; the table has " + List.of(rows.columns()));
      }
      Column seconds = col("timestamp").cast("timestamp").cast("double");
      Row newest = rows.agg(max(seconds)).first();
      Column age = lit(newest.isNullAt(0) ? 0.0 : newest.getDouble(0)).minus(seconds);
      return pow(lit(0.5), age.divide(halfLife.toMillis() / 1000.0));
    }
  }

  private static void require(boolean valid, String rule, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(rule + ", was " + value);
    }
  }
}
