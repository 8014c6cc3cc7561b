package org.millrace.risk.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.model.Task;

/**
 * Features that tell the label by themselves, which they will hardly do when it is not known yet:
 * those whose correlation with it (Pearson's, for a class with being of it) is all but perfect.
 */
public final class Leakage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double SUSPICIOUS = 0.99;

  private final Task task;
  private final int targets;

  /** Feature x target: rows, sums of x, x squared, y, y squared and x times y. */
  private final double[][] sums;

  private Leakage(Task task, int targets, int features) {
    this.task = task;
    this.targets = targets;
    this.sums = new double[features * targets][6];
  }

  /**
   * A sentence for each feature that tells too much.
   *
   * @param past columns that are made of what was before the label, and may tell as much as they do
   */
  public static List<String> warnings(Examples examples, Collection<String> past) {
    int targets = examples.task() == Task.MULTICLASS ? examples.classes() : 1;
    Leakage all =
        examples
            .rows()
            .select(Examples.FEATURES, Examples.LABEL)
            .javaRDD()
            .treeAggregate(
                new Leakage(examples.task(), targets, examples.features().size()),
                Leakage::add,
                Leakage::merge);
    List<String> warnings = new ArrayList<>();
    for (int f = 0; f < examples.features().size(); f++) {
      if (past.contains(examples.features().features().get(f).column())) {
        continue;
      }
      for (int t = 0; t < targets; t++) {
        double r = correlation(all.sums[f * targets + t]);
        if (Math.abs(r) >= SUSPICIOUS) {
          warnings.add(
              String.format(
                  Locale.ROOT,
                  "feature %s of column %s tells the label by itself (correlation %.4f): is it known before the label is?"
                      + " Name the column in features.exclude if not",
                  examples.features().features().get(f).name(),
                  examples.features().features().get(f).column(),
                  r));
          break;
        }
      }
    }
    return warnings;
  }

  private Leakage add(Row row) {
    double[] values = ((DenseVector) row.get(0)).values();
    double label = row.getDouble(1);
    for (int f = 0; f < values.length; f++) {
      double x = values[f];
      if (!Double.isNaN(x)) {
        for (int t = 0; t < targets; t++) {
          double y = task == Task.MULTICLASS ? (label == t ? 1 : 0) : label;
          double[] s = sums[f * targets + t];
          s[0]++;
          s[1] += x;
          s[2] += x * x;
          s[3] += y;
          s[4] += y * y;
          s[5] += x * y;
        }
      }
    }
    return this;
  }

  private Leakage merge(Leakage other) {
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] += other.sums[i][j];
      }
    }
    return this;
  }

  private static double correlation(double[] s) {
    double xx = s[2] - s[1] * s[1] / s[0];
    double yy = s[4] - s[3] * s[3] / s[0];
    double xy = s[5] - s[1] * s[3] / s[0];
    return s[0] < 3 || !(xx > 1e-12 * s[2]) || !(yy > 1e-12 * s[4]) ? 0 : xy / Math.sqrt(xx * yy);
  }
}
