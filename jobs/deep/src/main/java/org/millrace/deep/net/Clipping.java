package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/** What is done about gradients that are too great. */
public sealed interface Clipping extends Serializable {
  /** Nothing. */
  record None() implements Clipping {}

  /** All gradients are scaled so that their common norm is {@code limit} at most. */
  record Norm(double limit) implements Clipping {
    public Norm {
      Check.that(limit > 0, "limit", limit, "above 0");
    }
  }

  /** Each gradient is cut to -{@code limit} to {@code limit}. */
  record Value(double limit) implements Clipping {
    public Value {
      Check.that(limit > 0, "limit", limit, "above 0");
    }
  }
}
