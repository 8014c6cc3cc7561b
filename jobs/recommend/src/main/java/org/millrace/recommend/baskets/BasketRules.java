package org.millrace.recommend.baskets;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.size;

import org.apache.spark.ml.fpm.FPGrowth;
import org.apache.spark.ml.fpm.FPGrowthModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;

/**
 * Association rules of MLlib's FP-growth (Han, Pei and Yin, Mining frequent patterns without
 * candidate generation, SIGMOD 2000): exact, in parallel (Li et al., PFP, RecSys 2008).
 *
 * @param minSupport share of the baskets, above 0 to 1, that hold all items of a set
 * @param minConfidence share of the baskets with the antecedent, 0 to 1, that hold the consequent
 * @param minLift smallest lift of a rule, 0 or more; above 1 the consequent is likelier with the
 *     antecedent than without
 * @param longest most items of an antecedent, at least 1
 */
public record BasketRules(double minSupport, double minConfidence, double minLift, int longest) {
  public BasketRules {
    Check.that(minSupport > 0 && minSupport <= 1, "min-support", minSupport, "above 0, to 1");
    Check.that(minConfidence >= 0 && minConfidence <= 1, "min-confidence", minConfidence, "0 to 1");
    Check.that(minLift >= 0 && minLift <= 1e9, "min-lift", minLift, "0 to 1e9");
    Check.that(longest >= 1 && longest <= 100, "longest", longest, "a whole number in 1..100");
  }

  /** Item sets and rules, kept until closed. */
  public record Found(Dataset<Row> sets, Dataset<Row> rules, long baskets)
      implements AutoCloseable {
    @Override
    public void close() {
      rules.unpersist();
      sets.unpersist();
    }
  }

  /**
   * @param lines columns basket, item (string); repeated pairs count once
   * @return sets with items (array of string, sorted), baskets (long), support (double); rules with
   *     antecedent (array of string, sorted), consequent (string), baskets (long, with all of
   *     them), support, confidence, lift (double)
   */
  public Found find(Dataset<Row> lines) {
    Dataset<Row> baskets =
        lines
            .groupBy("basket")
            .agg(array_sort(collect_set(col("item"))).as("items"))
            .select("items")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = baskets.count();
      FPGrowthModel model =
          new FPGrowth()
              .setItemsCol("items")
              .setMinSupport(minSupport)
              .setMinConfidence(minConfidence)
              .fit(baskets);
      Dataset<Row> sets =
          model
              .freqItemsets()
              .filter(size(col("items")).leq(longest + 1))
              .select(
                  array_sort(col("items")).cast("array<string>").as("items"),
                  col("freq").as("baskets"),
                  col("freq").divide(lit((double) count)).as("support"))
              .persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> rules =
          model
              .associationRules()
              .filter(size(col("antecedent")).leq(longest).and(col("lift").geq(minLift)))
              .select(
                  array_sort(col("antecedent")).cast("array<string>").as("antecedent"),
                  col("consequent").getItem(0).as("consequent"),
                  round(col("support").multiply(count)).cast("long").as("baskets"),
                  col("support"),
                  col("confidence"),
                  col("lift"))
              .persist(StorageLevel.MEMORY_AND_DISK());
      Found found = new Found(sets, rules, count);
      try {
        sets.count();
        rules.count();
        return found;
      } catch (Throwable e) {
        found.close();
        throw e;
      }
    } finally {
      baskets.unpersist();
    }
  }
}
