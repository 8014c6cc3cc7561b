package org.millrace.risk.balance;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.Task;

/**
 * What is done about rare classes before rows are learnt from. It changes the shares of the
 * classes, and so what a model takes for probable: {@link #correction} puts that right.
 */
public sealed interface Balance {

  /**
   * Balanced rows. They depend on the rows and the seed, not on partitions.
   *
   * @param examples of a classification
   */
  Examples apply(Examples examples, long seed);

  /**
   * Learns from balanced rows, which are kept for as long as it takes where it would cost more to
   * make them again in each pass.
   */
  default <T> T learn(Examples examples, long seed, Function<Examples, T> learner) {
    return learner.apply(apply(examples, seed));
  }

  /** A sentence where a class has fewer rows than this asks for; empty where all is well. */
  default Optional<String> warning(Examples examples) {
    return Optional.empty();
  }

  /** A sentence for the model card; empty where nothing is done. */
  String describe();

  /** What brings probabilities back to the shares of the classes as they are. */
  default Optional<Adjustment> correction(Examples examples, long seed) {
    if (examples.task() == Task.REGRESSION || this instanceof None) {
      return Optional.empty();
    }
    Map<Integer, Double> before = weights(examples);
    Map<Integer, Double> after = weights(apply(examples, seed));
    double[] ratios = new double[examples.classes()];
    for (int c = 0; c < ratios.length; c++) {
      double weighed = after.getOrDefault(c, 0.0);
      ratios[c] = weighed == 0 ? 1 : before.getOrDefault(c, 0.0) / weighed;
    }
    return Optional.of(new PriorCorrection(ratios));
  }

  /** Rows as they are. */
  record None() implements Balance {
    @Override
    public Examples apply(Examples examples, long seed) {
      return examples;
    }

    @Override
    public String describe() {
      return "";
    }
  }

  /** All classes count the same together: weights of rows / (classes x rows of the class). */
  record ClassWeights() implements Balance {
    @Override
    public Examples apply(Examples examples, long seed) {
      Map<Integer, Double> weights = weights(examples);
      double all = weights.values().stream().mapToDouble(w -> w).sum();
      Column factor = lit(1.0);
      for (Map.Entry<Integer, Double> of : weights.entrySet()) {
        factor =
            when(
                    col(Examples.LABEL).equalTo((double) of.getKey()),
                    all / (weights.size() * of.getValue()))
                .otherwise(factor);
      }
      Column weighted = col(Examples.WEIGHT).multiply(factor);
      return examples.with(rows -> rows.withColumn(Examples.WEIGHT, weighted));
    }

    @Override
    public String describe() {
      return " Classes were weighted to count the same.";
    }
  }

  /**
   * Rows of frequent classes are left out by chance.
   *
   * @param ratio rows of the rarest class to rows of each other one, afterwards at least
   */
  record Undersample(double ratio) implements Balance {
    public Undersample {
      requireRatio(ratio);
    }

    @Override
    public Examples apply(Examples examples, long seed) {
      Map<Integer, Double> rows = weights(examples);
      double rarest = rows.values().stream().mapToDouble(w -> w).min().orElse(0);
      return drawn(examples, seed, c -> Math.min(1, rarest / ratio / rows.get(c)), rows);
    }

    @Override
    public String describe() {
      return " Rows of frequent classes were left out by chance.";
    }
  }

  /**
   * Rows of rare classes are repeated by chance.
   *
   * @param ratio rows of each class to rows of the most frequent one, afterwards at least
   */
  record Oversample(double ratio) implements Balance {
    public Oversample {
      requireRatio(ratio);
    }

    @Override
    public Examples apply(Examples examples, long seed) {
      Map<Integer, Double> rows = weights(examples);
      double most = rows.values().stream().mapToDouble(w -> w).max().orElse(0);
      return drawn(examples, seed, c -> Math.max(1, ratio * most / rows.get(c)), rows);
    }

    @Override
    public String describe() {
      return " Rows of rare classes were repeated by chance.";
    }
  }

  /**
   * Rows are made between rows of rare classes and their neighbours.
   *
   * @see SmoteRows
   * @param ratio rows of each class to rows of the most frequent one, afterwards about
   * @param neighbours nearest rows of the class, of which one is drawn, 1 to 100
   */
  record Smote(double ratio, int neighbours) implements Balance {
    public Smote {
      requireRatio(ratio);
      Check.that(neighbours >= 1 && neighbours <= 100, "neighbours", neighbours, "1 to 100");
    }

    @Override
    public Examples apply(Examples examples, long seed) {
      Map<Integer, Double> rows = weights(examples);
      double most = rows.values().stream().mapToDouble(w -> w).max().orElse(0);
      Dataset<Row> all = examples.rows();
      for (Map.Entry<Integer, Double> of : rows.entrySet()) {
        double more = ratio * most / of.getValue() - 1;
        if (more > 0) {
          all = all.unionByName(SmoteRows.of(examples, of.getKey(), more, neighbours, seed));
        }
      }
      Dataset<Row> joined = all;
      return examples.with(none -> joined);
    }

    @Override
    public <T> T learn(Examples examples, long seed, Function<Examples, T> learner) {
      Dataset<Row> made = apply(examples, seed).rows().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return learner.apply(examples.with(none -> made));
      } finally {
        made.unpersist();
      }
    }

    @Override
    public Optional<String> warning(Examples examples) {
      long rarest =
          examples.rows().groupBy(Examples.LABEL).count().agg(min("count")).first().getLong(0);
      return rarest > neighbours
          ? Optional.empty()
          : Optional.of(
              "balance.smote.neighbours is %d, and the rarest class has %d training rows: neighbours are as many as there are"
                  .formatted(neighbours, rarest));
    }

    @Override
    public String describe() {
      return " Rows of rare classes were made between neighbours (SMOTE).";
    }
  }

  /** Each row so many times as its class says on average: the fraction by a hash of the row. */
  private static Examples drawn(
      Examples examples,
      long seed,
      java.util.function.IntToDoubleFunction times,
      Map<Integer, Double> classes) {
    int parts = 1 << 30;
    Column chance =
        pmod(xxhash64(lit(seed), col(Examples.ID)), lit(parts)).cast("double").divide(parts);
    Column copies = lit(1);
    for (int c : classes.keySet()) {
      copies =
          when(
                  col(Examples.LABEL).equalTo((double) c),
                  floor(lit(times.applyAsDouble(c)).plus(chance)).cast("int"))
              .otherwise(copies);
    }
    Column repeated = array_repeat(lit(0), copies);
    return examples.with(rows -> rows.withColumn("copy", explode(repeated)).drop("copy"));
  }

  /** Sum of weights by class. */
  private static Map<Integer, Double> weights(Examples examples) {
    Map<Integer, Double> weights = new TreeMap<>();
    for (Row row :
        examples.rows().groupBy(Examples.LABEL).agg(sum(Examples.WEIGHT)).collectAsList()) {
      weights.put((int) row.getDouble(0), row.getDouble(1));
    }
    return weights;
  }

  private static void requireRatio(double ratio) {
    Check.that(ratio > 0 && ratio <= 1, "ratio", ratio, "above 0, to 1");
  }
}
