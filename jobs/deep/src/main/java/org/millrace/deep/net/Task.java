package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/** What a network is to say of an example: its output layer and its loss. */
public sealed interface Task extends Serializable {
  /** Numbers that the network puts out. */
  int outputs();

  /** Numbers that a batch has as targets of a row. */
  int targets();

  /** One of several classes: softmax and cross-entropy. */
  record Classes(int count) implements Task {
    public Classes {
      Check.that(count >= 2, "count", count, "2 classes or more");
    }

    @Override
    public int outputs() {
      return count;
    }

    @Override
    public int targets() {
      return 1;
    }
  }

  /** Several numbers: identity and a loss that is the mean over the numbers of a row. */
  record Numbers(int count, Loss loss) implements Task {
    public Numbers {
      Check.that(count >= 1, "count", count, "1 or more");
    }

    @Override
    public int outputs() {
      return count;
    }

    @Override
    public int targets() {
      return count;
    }
  }

  /** How far a number is off. */
  enum Loss {
    /** Squared error. */
    MSE,
    /** Absolute error. */
    MAE
  }
}
