package org.millrace.risk.learn;

import java.util.List;
import java.util.Optional;
import org.millrace.risk.model.Task;

/** An algorithm with all its parameters. */
public sealed interface Learner
    permits GradientBoosting,
        LogisticRegression,
        LinearRegression,
        LinearSvm,
        RandomForest,
        IsolationForest,
        Blend {

  /** As its kind is written in a use case, such as {@code logistic-regression}. */
  String name();

  /** Its parameters, such as {@code regularization 0.01, elastic-net 0.5}. */
  String parameters();

  /** Whether it can learn that. */
  boolean learns(Task task);

  /**
   * Learns from rows.
   *
   * @param validation rows that tell when to stop, for learners that stop early; they are not
   *     learnt from
   * @param seed of all that is drawn by chance
   */
  Fitted fit(Examples rows, Optional<Examples> validation, long seed);

  /**
   * Whether its probabilities are of the shares of classes as they are, whatever was done to the
   * shares that it learns from.
   */
  default boolean knowsShares() {
    return false;
  }

  /**
   * The learner that is fitted at the end on all rows, when nobody tells it when to stop.
   *
   * @param folds what this one learnt in each round of a cross-validation
   */
  default Learner settled(List<Fitted> folds) {
    return this;
  }
}
