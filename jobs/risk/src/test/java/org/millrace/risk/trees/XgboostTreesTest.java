package org.millrace.risk.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.Booster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XgboostTreesTest {
  private static final float[][] TRAIN = RandomRows.rows(2000, 7);
  private static final float[][] NEW = RandomRows.rows(503, 8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "binary:logistic",
        "multi:softprob",
        "reg:squarederror",
        "reg:absoluteerror",
        "reg:pseudohubererror"
      })
  void saysWhatXgboostSays(String objective) throws Exception {
    Booster booster = RandomRows.fit(TRAIN, objective, 6, 20);
    float[][] margins = booster.predict(RandomRows.matrix(NEW), true);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 20);
    double[] raw = new double[trees.outputs()];
    for (int r = 0; r < NEW.length; r++) {
      trees.raw(NEW[r], raw);
      assertNear(raw, margins[r]);
    }
  }

  @Test
  void takesTheFirstRoundsOnly() throws Exception {
    Booster booster = RandomRows.fit(TRAIN, "multi:softprob", 4, 12);
    float[][] margins = booster.predict(RandomRows.matrix(NEW), true, 5);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 5);
    assertThat(trees.trees()).isEqualTo(15);
    double[] raw = new double[3];
    for (int r = 0; r < NEW.length; r++) {
      trees.raw(NEW[r], raw);
      assertNear(raw, margins[r]);
    }
  }

  @Test
  void blocksOfRowsAreScoredLikeSingleRows() throws Exception {
    Booster booster = RandomRows.fit(TRAIN, "multi:softprob", 5, 6);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 6);
    double[][] raw = new double[NEW.length][3];
    trees.raw(NEW, 501, raw);
    double[] alone = new double[3];
    for (int r = 0; r < 501; r++) {
      trees.raw(NEW[r], alone);
      assertThat(raw[r]).isEqualTo(alone);
    }
    assertThat(raw[501]).containsOnly(0);
  }

  /** Values at which a sign, a rounding or an overflow could send a row another way in a block. */
  @Test
  void blocksKnowValuesAtTheEndsOfFloats() throws Exception {
    Booster booster = RandomRows.fit(TRAIN, "reg:squarederror", 6, 10);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 10);
    float[] ends = {
      -0f,
      0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    float[][] rows = new float[400][];
    java.util.Random random = new java.util.Random(5);
    for (int r = 0; r < rows.length; r++) {
      rows[r] = NEW[r].clone();
      for (int f = 0; f < RandomRows.WIDTH; f++) {
        // Of the nodes some have the values of the training rows themselves.
        rows[r][f] =
            switch (random.nextInt(3)) {
              case 0 -> ends[random.nextInt(ends.length)];
              case 1 -> TRAIN[random.nextInt(TRAIN.length)][f];
              default -> rows[r][f];
            };
      }
    }
    double[][] raw = new double[rows.length][1];
    trees.raw(rows, rows.length, raw);
    double[] alone = new double[1];
    for (int r = 0; r < rows.length; r++) {
      trees.raw(rows[r], alone);
      assertThat(raw[r]).isEqualTo(alone);
    }
  }

  @Test
  void isTheSameAfterAFile() throws Exception {
    Booster booster = RandomRows.fit(TRAIN, "reg:squarederror", 5, 6);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 6);
    ObjectMapper json = new ObjectMapper();
    Trees read = json.readValue(json.writeValueAsBytes(trees), Trees.class);
    double[] one = new double[1];
    double[] other = new double[1];
    for (float[] row : NEW) {
      trees.raw(row, one);
      read.raw(row, other);
      assertThat(other).isEqualTo(one);
    }
  }

  @Test
  void aTreeThatDecidesNothingIsALeaf() throws Exception {
    float[][] same = new float[10][RandomRows.WIDTH];
    Booster booster = RandomRows.fit(same, "reg:squarederror", 3, 2);
    Trees trees = XgboostTrees.read(booster.toByteArray("json"), 2);
    double[] raw = new double[1];
    trees.raw(same[0], raw);
    assertThat(raw[0]).isCloseTo(booster.predict(RandomRows.matrix(same))[0][0], within(1e-6));
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    String model =
        new String(
            RandomRows.fit(TRAIN, "reg:squarederror", 2, 1).toByteArray("json"),
            StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(model.replace("reg:squarederror", "count:poisson")))
        .hasMessageContaining("objective count:poisson");
    assertThatThrownBy(() -> read(model.replace("\"gbtree\"", "\"dart\"")))
        .hasMessageContaining("booster");
  }

  private static Trees read(String model) {
    return XgboostTrees.read(model.getBytes(StandardCharsets.UTF_8), 1);
  }

  private static void assertNear(double[] ours, float[] theirs) {
    for (int o = 0; o < ours.length; o++) {
      assertThat(ours[o]).isCloseTo(theirs[o], within(1e-6 * Math.max(1, Math.abs(theirs[o]))));
    }
  }
}
