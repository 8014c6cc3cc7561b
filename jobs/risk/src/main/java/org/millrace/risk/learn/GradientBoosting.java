package org.millrace.risk.learn;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.millrace.config.Check;
import org.millrace.outcome.Stop;
import org.millrace.risk.boost.Boosted;
import org.millrace.risk.boost.BoostingPlan;
import org.millrace.risk.boost.Trainer;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;
import org.millrace.risk.trees.XgboostTrees;

/**
 * Gradient boosting of trees on histograms, by XGBoost (Chen and Guestrin, 2016). Missing values
 * are learnt a direction for at each decision.
 *
 * @param rounds of boosting at the most, 1 or more
 * @param learningRate what a tree's leaves are multiplied by, in (0, 1]
 * @param depth decisions of a tree one after the other, 1 to 16
 * @param minChildWeight least sum of second derivatives in a leaf, 0 or more
 * @param subsample share of the rows that a tree sees, in (0, 1]
 * @param columns share of the features that a tree sees, in (0, 1]
 * @param l1 penalty on the absolute values of leaves, 0 or more
 * @param l2 penalty on their squares, 0 or more
 * @param minGain least gain of a decision, 0 or more
 * @param bins that a feature's values are divided into, 2 to 65535
 * @param earlyStopping rounds without gain on the validation rows after which it ends; 0 for never
 * @param monotone columns with the way that they may go
 */
public record GradientBoosting(
    int rounds,
    double learningRate,
    int depth,
    double minChildWeight,
    double subsample,
    double columns,
    double l1,
    double l2,
    double minGain,
    int bins,
    int earlyStopping,
    Map<String, Monotone> monotone)
    implements Learner {

  public GradientBoosting {
    Check.that(rounds >= 1 && rounds <= 100_000, "rounds", rounds, "1 to 100000");
    Check.that(
        learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "above 0, to 1");
    Check.that(depth >= 1 && depth <= 16, "depth", depth, "1 to 16");
    Check.that(minChildWeight >= 0, "min-child-weight", minChildWeight, "0 or more");
    Check.that(subsample > 0 && subsample <= 1, "subsample", subsample, "above 0, to 1");
    Check.that(columns > 0 && columns <= 1, "columns", columns, "above 0, to 1");
    Check.that(l1 >= 0, "l1", l1, "0 or more");
    Check.that(l2 >= 0, "l2", l2, "0 or more");
    Check.that(minGain >= 0, "min-gain", minGain, "0 or more");
    Check.that(bins >= 2 && bins <= 65_535, "bins", bins, "2 to 65535");
    Check.that(earlyStopping >= 0, "early-stopping", earlyStopping, "0 or more rounds");
    monotone = Map.copyOf(monotone);
  }

  @Override
  public String name() {
    return "gradient-boosting";
  }

  @Override
  public String parameters() {
    return "rounds %d, learning-rate %s, depth %d, min-child-weight %s, subsample %s, columns %s, l1 %s, l2 %s"
        .formatted(rounds, learningRate, depth, minChildWeight, subsample, columns, l1, l2);
  }

  @Override
  public boolean learns(Task task) {
    return task != Task.ANOMALY;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    BoostingPlan plan = plan(rows, seed);
    Optional<Examples> watched = validation.filter(v -> earlyStopping > 0);
    Boosted boosted =
        new Trainer(rows.rows().sparkSession().sparkContext())
            .train(plan, rows.rows(), watched.map(Examples::rows));
    Link link =
        switch (rows.task()) {
          case BINARY -> Link.LOGISTIC;
          case MULTICLASS -> Link.SOFTMAX;
          case REGRESSION -> Link.IDENTITY;
          case ANOMALY -> throw unlearnable();
        };
    return new Fitted(
        XgboostTrees.read(boosted.model(), boosted.rounds()),
        link,
        boosted.rounds(),
        "Gradient boosting of trees by XGBoost with %s; %d rounds were kept."
            .formatted(parameters(), boosted.rounds()),
        Map.of(
            "xgboost.json", boosted.model(),
            "xgboost.features.txt", featureMap(rows.features())));
  }

  /** XGBoost's own list of features: a number, a name without spaces, and q for a quantity. */
  private static byte[] featureMap(FeatureMap features) {
    StringBuilder lines = new StringBuilder();
    for (int f = 0; f < features.size(); f++) {
      String name = features.features().get(f).name().replaceAll("\\s", "_");
      lines.append(f).append('\t').append(name).append("\tq\n");
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static IllegalStateException unlearnable() {
    return new IllegalStateException("boosting needs labels");
  }

  private BoostingPlan plan(Examples rows, long seed) {
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("tree_method", "hist");
    parameters.put("eta", Double.toString(learningRate));
    parameters.put("max_depth", Integer.toString(depth));
    parameters.put("min_child_weight", Double.toString(minChildWeight));
    parameters.put("subsample", Double.toString(subsample));
    parameters.put("colsample_bytree", Double.toString(columns));
    parameters.put("alpha", Double.toString(l1));
    parameters.put("lambda", Double.toString(l2));
    parameters.put("gamma", Double.toString(minGain));
    parameters.put("max_bin", Integer.toString(bins));
    // XGBoost takes 32 bits.
    parameters.put("seed", Integer.toString(Math.floorMod(seed, Integer.MAX_VALUE)));
    parameters.put("verbosity", "0");
    switch (rows.task()) {
      case BINARY -> {
        parameters.put("objective", "binary:logistic");
        parameters.put("eval_metric", "logloss");
      }
      case MULTICLASS -> {
        parameters.put("objective", "multi:softprob");
        parameters.put("eval_metric", "mlogloss");
        parameters.put("num_class", Integer.toString(rows.classes()));
      }
      case REGRESSION -> {
        parameters.put("objective", "reg:squarederror");
        parameters.put("eval_metric", "rmse");
      }
      case ANOMALY -> throw unlearnable();
    }
    if (!monotone.isEmpty()) {
      parameters.put("monotone_constraints", constraints(rows.features()));
    }
    return new BoostingPlan(parameters, rounds, earlyStopping, rows.features().size());
  }

  /** A sign for each feature; a constraint on a column that is several features has no meaning. */
  private String constraints(FeatureMap features) {
    int[] signs = new int[features.size()];
    monotone.forEach((column, way) -> signs[place(features, column)] = way.sign());
    StringBuilder list = new StringBuilder();
    for (int sign : signs) {
      list.append(list.length() == 0 ? "(" : ",").append(sign);
    }
    return list.append(')').toString();
  }

  private static int place(FeatureMap features, String column) {
    int found = -1;
    int count = 0;
    for (int f = 0; f < features.size(); f++) {
      if (features.features().get(f).column().equals(column)) {
        found = f;
        count++;
      }
    }
    if (count != 1) {
      throw Stop.usage(
          "gradient-boosting: monotone names column %s, of which %s; it takes columns that are one"
              + " number",
          column, count == 0 ? "no feature is made" : count + " features are made");
    }
    return found;
  }

  /** As many rounds as were best on average: folds are smaller, but so is what more rounds give. */
  @Override
  public Learner settled(List<Fitted> folds) {
    if (earlyStopping == 0) {
      return this;
    }
    double mean = folds.stream().mapToInt(Fitted::rounds).average().orElse(rounds);
    return new GradientBoosting(
        (int) Math.max(1, Math.round(mean)),
        learningRate,
        depth,
        minChildWeight,
        subsample,
        columns,
        l1,
        l2,
        minGain,
        bins,
        0,
        monotone);
  }
}
