package org.millrace.risk.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.config.Check;
import org.millrace.risk.model.Task;

/** A learner with several values for its parameters: every combination is a candidate. */
public sealed interface LearnerGrid {

  /** Up to so many rows learners of all kinds are tried: they take seconds, and gain the most. */
  long FEW_ROWS = 5_000;

  /** One learner a combination, in the order of the values. */
  List<Learner> learners();

  /**
   * @see org.millrace.risk.learn.GradientBoosting
   */
  record GradientBoosting(
      int rounds,
      List<Double> learningRate,
      List<Integer> depth,
      List<Double> minChildWeight,
      List<Double> subsample,
      List<Double> columns,
      double l1,
      List<Double> l2,
      double minGain,
      int bins,
      int earlyStopping,
      Map<String, Monotone> monotone)
      implements LearnerGrid {
    public GradientBoosting {
      learningRate = some("learning-rate", learningRate);
      depth = some("depth", depth);
      minChildWeight = some("min-child-weight", minChildWeight);
      subsample = some("subsample", subsample);
      columns = some("columns", columns);
      l2 = some("l2", l2);
      monotone = Map.copyOf(monotone);
    }

    @Override
    public List<Learner> learners() {
      List<Learner> learners = new ArrayList<>();
      for (double rate : learningRate) {
        for (int levels : depth) {
          for (double weight : minChildWeight) {
            for (double rows : subsample) {
              for (double share : columns) {
                for (double penalty : l2) {
                  learners.add(
                      new org.millrace.risk.learn.GradientBoosting(
                          rounds,
                          rate,
                          levels,
                          weight,
                          rows,
                          share,
                          l1,
                          penalty,
                          minGain,
                          bins,
                          earlyStopping,
                          monotone));
                }
              }
            }
          }
        }
      }
      return learners;
    }
  }

  /**
   * @see org.millrace.risk.learn.LogisticRegression
   */
  record LogisticRegression(List<Double> regularization, List<Double> elasticNet, int iterations)
      implements LearnerGrid {
    public LogisticRegression {
      regularization = some("regularization", regularization);
      elasticNet = some("elastic-net", elasticNet);
      combine(regularization, elasticNet, iterations); // Refuses what no learner takes.
    }

    @Override
    public List<Learner> learners() {
      return combine(regularization, elasticNet, iterations);
    }

    private static List<Learner> combine(List<Double> penalties, List<Double> nets, int rounds) {
      List<Learner> learners = new ArrayList<>();
      for (double penalty : penalties) {
        for (double net : nets) {
          learners.add(new org.millrace.risk.learn.LogisticRegression(penalty, net, rounds));
        }
      }
      return learners;
    }
  }

  /**
   * @see org.millrace.risk.learn.LinearRegression
   */
  record LinearRegression(List<Double> regularization, List<Double> elasticNet, int iterations)
      implements LearnerGrid {
    public LinearRegression {
      regularization = some("regularization", regularization);
      elasticNet = some("elastic-net", elasticNet);
      combine(regularization, elasticNet, iterations);
    }

    @Override
    public List<Learner> learners() {
      return combine(regularization, elasticNet, iterations);
    }

    private static List<Learner> combine(List<Double> penalties, List<Double> nets, int rounds) {
      List<Learner> learners = new ArrayList<>();
      for (double penalty : penalties) {
        for (double net : nets) {
          learners.add(new org.millrace.risk.learn.LinearRegression(penalty, net, rounds));
        }
      }
      return learners;
    }
  }

  /**
   * @see org.millrace.risk.learn.LinearSvm
   */
  record LinearSvm(List<Double> regularization, int iterations) implements LearnerGrid {
    public LinearSvm {
      regularization = some("regularization", regularization);
    }

    @Override
    public List<Learner> learners() {
      return regularization.stream()
          .<Learner>map(r -> new org.millrace.risk.learn.LinearSvm(r, iterations))
          .toList();
    }
  }

  /**
   * @see org.millrace.risk.learn.RandomForest
   */
  record RandomForest(
      int trees,
      List<Integer> depth,
      List<Integer> minRows,
      double subsample,
      List<String> features,
      int bins)
      implements LearnerGrid {
    public RandomForest {
      depth = some("depth", depth);
      minRows = some("min-rows", minRows);
      features = some("features", features);
    }

    @Override
    public List<Learner> learners() {
      List<Learner> learners = new ArrayList<>();
      for (int levels : depth) {
        for (int rows : minRows) {
          for (String share : features) {
            learners.add(
                new org.millrace.risk.learn.RandomForest(
                    trees, levels, rows, subsample, share, bins));
          }
        }
      }
      return learners;
    }
  }

  /**
   * @see org.millrace.risk.learn.IsolationForest
   */
  record IsolationForest(int trees, List<Integer> rows) implements LearnerGrid {
    public IsolationForest {
      rows = some("rows", rows);
    }

    @Override
    public List<Learner> learners() {
      return rows.stream()
          .<Learner>map(r -> new org.millrace.risk.learn.IsolationForest(trees, r))
          .toList();
    }
  }

  /** What is tried where a use case names no candidates. */
  static List<Learner> usual(Task task, long rows) {
    List<Learner> usual = new ArrayList<>();
    for (int depth : new int[] {3, 6}) {
      usual.add(
          new org.millrace.risk.learn.GradientBoosting(
              1000, 0.05, depth, 1, 0.8, 0.8, 0, 1, 0, 256, 50, Map.of()));
    }
    if (rows <= FEW_ROWS && task != Task.MULTICLASS) {
      usual.add(new org.millrace.risk.learn.RandomForest(200, 12, 2, 1.0, "auto", 64));
      usual.add(
          task == Task.REGRESSION
              ? new org.millrace.risk.learn.LinearRegression(0.01, 0, 200)
              : new org.millrace.risk.learn.LogisticRegression(0.01, 0, 200));
    }
    return usual;
  }

  private static <T> List<T> some(String key, List<T> values) {
    Check.that(!values.isEmpty(), key, values, "a list of one value or more");
    return List.copyOf(values);
  }
}
