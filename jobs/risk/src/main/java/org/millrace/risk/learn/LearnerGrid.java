package org.millrace.risk.learn;

import java.util.ArrayList;
import java.util.List;
import org.millrace.config.Check;
import org.millrace.risk.model.Task;

/** A learner with several values for its parameters: every combination is a candidate. */
public sealed interface LearnerGrid {

  /** One learner a combination, in the order of the values. */
  List<Learner> learners();

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

  /** What is tried where a use case names no candidates. */
  static List<Learner> usual(Task task) {
    return List.of(
        task == Task.REGRESSION
            ? new org.millrace.risk.learn.LinearRegression(0.01, 0, 200)
            : new org.millrace.risk.learn.LogisticRegression(0.01, 0, 200));
  }

  private static <T> List<T> some(String key, List<T> values) {
    Check.that(!values.isEmpty(), key, values, "a list of one value or more");
    return List.copyOf(values);
  }
}
