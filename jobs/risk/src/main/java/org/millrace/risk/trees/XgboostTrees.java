package org.millrace.risk.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The trees of an XGBoost model, from the JSON that XGBoost itself writes (its documentation,
 * "Introduction to Model IO"). Thresholds, leaves and the direction of missing values are taken
 * over bit by bit.
 */
public final class XgboostTrees {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LOGISTIC = Set.of("binary:logistic", "reg:logistic");
  private static final Set<String> IDENTITY =
      Set.of(
          "binary:logitraw",
          "multi:softprob",
          "multi:softmax",
          "reg:squarederror",
          "reg:absoluteerror",
          "reg:pseudohubererror");

  private XgboostTrees() {}

  /**
   * Reads a model of booster {@code gbtree}.
   *
   * @param model as {@code Booster.toByteArray("json")} gives it
   * @param rounds of boosting to take, from the first; what early stopping found best
   * @throws IllegalArgumentException where it is of another booster or objective, or has splits of
   *     categories
   */
  public static Trees read(byte[] model, int rounds) {
    JsonNode learner = parse(model).path("learner");
    JsonNode booster = learner.path("gradient_booster");
    require(booster.path("name").asText().equals("gbtree"), "booster", booster.path("name"));
    JsonNode ensemble = booster.path("model");
    int groups = Math.max(1, learner.path("learner_model_param").path("num_class").asInt());
    JsonNode ends = ensemble.path("iteration_indptr");
    int count = ends.get(Math.min(rounds, ends.size() - 1)).asInt();
    TreesBuilder trees = new TreesBuilder(1);
    for (int t = 0; t < count; t++) {
      trees.add(
          new Source(ensemble.path("trees").get(t)).node(0),
          ensemble.path("tree_info").get(t).asInt());
    }
    return trees.build(base(learner, groups));
  }

  private static JsonNode parse(byte[] model) {
    try {
      return JSON.readTree(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base score is stored after the link function, and raw scores begin before it. */
  private static double[] base(JsonNode learner, int groups) {
    String[] stored =
        learner
            .path("learner_model_param")
            .path("base_score")
            .asText()
            .replaceAll("[\\[\\]]", "")
            .split(",", -1);
    String objective = learner.path("objective").path("name").asText();
    boolean logistic = LOGISTIC.contains(objective);
    require(logistic || IDENTITY.contains(objective), "objective", objective);
    double[] base = new double[groups];
    for (int g = 0; g < groups; g++) {
      float score = Float.parseFloat(stored[Math.min(g, stored.length - 1)]);
      base[g] = logistic ? -Math.log(1.0 / score - 1.0) : score;
    }
    return base;
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "an XGBoost model with %s %s is not known".formatted(what, found));
    }
  }

  /** One tree of the file: arrays by node. */
  private static final class Source {
    private final JsonNode left;
    private final JsonNode right;
    private final JsonNode feature;
    private final JsonNode condition;
    private final JsonNode missingLeft;
    private final JsonNode cover;

    Source(JsonNode tree) {
      left = tree.path("left_children");
      right = tree.path("right_children");
      feature = tree.path("split_indices");
      condition = tree.path("split_conditions");
      missingLeft = tree.path("default_left");
      cover = tree.path("sum_hessian");
      for (JsonNode type : tree.path("split_type")) {
        require(type.asInt() == 0, "split type", type);
      }
    }

    TreeNode node(int n) {
      float number = (float) condition.get(n).asDouble();
      double weight = cover.get(n).asDouble();
      if (left.get(n).asInt() < 0) {
        return new TreeNode.Leaf(new float[] {number}, weight);
      }
      return new TreeNode.Split(
          feature.get(n).asInt(),
          number,
          missingLeft.get(n).asInt() != 0,
          node(left.get(n).asInt()),
          node(right.get(n).asInt()),
          weight);
    }
  }
}
