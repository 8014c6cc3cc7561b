package org.millrace.risk.trees;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Random rows with missing values, and boosters that the native library fits on them. */
public final class RandomRows {
  public static final int WIDTH = 7;
  private static final int CLASSES = 3;

  private RandomRows() {}

  /** Rows whose values repeat, lie on thresholds, or are missing. */
  public static float[][] rows(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][WIDTH];
    for (float[] row : rows) {
      for (int f = 0; f < WIDTH; f++) {
        boolean missing = random.nextInt(6) == 0;
        float value = (float) random.nextGaussian();
        row[f] = missing ? Float.NaN : f == 0 ? Math.round(2 * value) : value;
      }
    }
    return rows;
  }

  /** A label of classes 0, 1 and 2 that needs several features at once and is not certain. */
  public static float[] labels(float[][] rows, String objective, long seed) {
    Random random = new Random(seed);
    float[] labels = new float[rows.length];
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float score =
          (Float.isNaN(row[1]) ? 1 : row[1] * (Float.isNaN(row[2]) ? 0.5f : row[2]))
              + (Float.isNaN(row[0]) ? 0 : Math.abs(row[0]))
              + (float) random.nextGaussian() / 2;
      labels[r] =
          objective.startsWith("reg")
              ? score
              : objective.startsWith("multi")
                  ? (score > 1.5 ? 2 : score > 0.5 ? 1 : 0)
                  : (score > 1 ? 1 : 0);
    }
    return labels;
  }

  public static Booster fit(float[][] rows, String objective, int depth, int rounds)
      throws XGBoostError {
    DMatrix matrix = matrix(rows);
    matrix.setLabel(labels(rows, objective, 1));
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("objective", objective);
    parameters.put("max_depth", depth);
    parameters.put("eta", 0.3);
    parameters.put("nthread", 1);
    if (objective.startsWith("multi")) {
      parameters.put("num_class", CLASSES);
    }
    return XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
  }

  public static DMatrix matrix(float[][] rows) throws XGBoostError {
    float[] flat = new float[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, flat, r * rows[0].length, rows[0].length);
    }
    return new DMatrix(flat, rows.length, rows[0].length, Float.NaN);
  }
}
