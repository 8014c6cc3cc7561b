package org.millrace.risk.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.risk.trees.RandomRows;
import org.millrace.risk.trees.TreeNode;
import org.millrace.risk.trees.Trees;
import org.millrace.risk.trees.TreesBuilder;
import org.millrace.risk.trees.XgboostTrees;

class TreeShapTest {
  private static final float[][] TRAIN = RandomRows.rows(2000, 7);
  private static final float[][] NEW = RandomRows.rows(151, 8);
  private static final int WIDTH = RandomRows.WIDTH;

  /** Depths beyond the number of features: every path asks again for what it knows. */
  @ParameterizedTest
  @CsvSource({
    "binary:logistic, 6",
    "multi:softprob, 4",
    "reg:squarederror, 1",
    "reg:squarederror, 3",
    "reg:squarederror, 14"
  })
  void isWhatXgboostTells(String objective, int depth) throws Exception {
    Booster booster = RandomRows.fit(TRAIN, objective, depth, 10);
    float[][] theirs = booster.predictContrib(RandomRows.matrix(NEW), 10);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 10);
    TreeShap shap = new TreeShap(trees);
    double[][] ours = new double[NEW.length][WIDTH];
    for (int o = 0; o < trees.outputs(); o++) {
      shap.explain(NEW, NEW.length, o, ours);
      int from = o * (WIDTH + 1);
      for (int r = 0; r < NEW.length; r++) {
        for (int f = 0; f < WIDTH; f++) {
          assertThat(ours[r][f]).isCloseTo(theirs[r][from + f], within(1e-5));
        }
        assertThat(shap.expected(o)).isCloseTo(theirs[r][from + WIDTH], within(1e-5));
      }
      assertAddUp(trees, shap, o);
    }
  }

  private static void assertAddUp(Trees trees, TreeShap shap, int output) {
    double[][] contributions = new double[NEW.length][WIDTH];
    shap.explain(NEW, NEW.length, output, contributions);
    double[] raw = new double[trees.outputs()];
    for (int r = 0; r < NEW.length; r++) {
      trees.raw(NEW[r], raw);
      double sum = shap.expected(output);
      for (double contribution : contributions[r]) {
        sum += contribution;
      }
      assertThat(sum).isCloseTo(raw[output], within(1e-9 * Math.max(1, Math.abs(raw[output]))));
    }
  }

  /** Against the definition: the mean over all orders in which features become known. */
  @Test
  void isTheShapleyValueOfTheGameOfCovers() {
    Random random = new Random(3);
    int width = 4;
    for (int trial = 0; trial < 50; trial++) {
      TreeNode root = tree(random, 5, width, 64);
      Trees trees = new TreesBuilder(2).add(root, 0).build(0, 0.5);
      TreeShap shap = new TreeShap(trees);
      float[][] rows = new float[1][width];
      for (int f = 0; f < width; f++) {
        rows[0][f] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
      }
      for (int o = 0; o < 2; o++) {
        double[][] ours = new double[1][width];
        shap.explain(rows, 1, o, ours);
        assertThat(shap.expected(o) - 0.5 * o).isCloseTo(game(root, rows[0], 0, o), within(1e-12));
        for (int f = 0; f < width; f++) {
          assertThat(ours[0][f]).isCloseTo(shapley(root, rows[0], f, width, o), within(1e-12));
        }
      }
    }
  }

  private static TreeNode tree(Random random, int depth, int width, double cover) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return new TreeNode.Leaf(new float[] {random.nextFloat(), random.nextFloat() - 1}, cover);
    }
    // Now and then, no training row came to a side.
    double left = random.nextInt(8) == 0 ? 0 : cover * random.nextInt(5) / 4;
    return new TreeNode.Split(
        random.nextInt(width),
        random.nextFloat(),
        random.nextBoolean(),
        tree(random, depth - 1, width, left),
        tree(random, depth - 1, width, cover - left),
        cover);
  }

  /** What the tree is expected to say when the features of a set are known. */
  private static double game(TreeNode node, float[] row, int known, int output) {
    if (node instanceof TreeNode.Leaf leaf) {
      return leaf.values()[output];
    }
    TreeNode.Split split = (TreeNode.Split) node;
    double left = game(split.left(), row, known, output);
    double right = game(split.right(), row, known, output);
    if ((known & 1 << split.feature()) == 0) {
      double all = split.left().cover() + split.right().cover();
      double share = all > 0 ? split.left().cover() / all : 0.5;
      return share * left + (1 - share) * right;
    }
    float x = row[split.feature()];
    return (Float.isNaN(x) ? split.missingLeft() : x < split.threshold()) ? left : right;
  }

  private static double shapley(TreeNode root, float[] row, int feature, int width, int output) {
    double sum = 0;
    for (int set = 0; set < 1 << width; set++) {
      if ((set & 1 << feature) == 0) {
        int size = Integer.bitCount(set);
        double weight = factorial(size) * factorial(width - size - 1) / factorial(width);
        sum +=
            weight * (game(root, row, set | 1 << feature, output) - game(root, row, set, output));
      }
    }
    return sum;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
