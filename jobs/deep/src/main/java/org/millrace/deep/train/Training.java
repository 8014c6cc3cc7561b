package org.millrace.deep.train;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.millrace.deep.data.Batches;
import org.millrace.outcome.Stop;

/**
 * What is to be trained.
 *
 * @param validation rows that are evaluated, never trained on; dealt to the same ranks
 * @param classes whether targets are class indices, so that accuracy has a meaning
 * @param folder of the checkpoints, which a second start goes on from
 * @param identity of network, data and settings: another training's checkpoints are refused
 */
public record Training(
    Engine engine,
    Batches train,
    Optional<Batches> validation,
    boolean classes,
    TrainingPlan plan,
    Path folder,
    String identity) {
  public Training {
    for (int rank = 0; rank < train.ranks(); rank++) {
      if (train.rows(rank) == 0) {
        throw Stop.usage(
            "%d ranks are more than there are examples: rank %d has none; set fewer ranks",
            train.ranks(), rank);
      }
    }
    if (validation.isPresent() && validation.get().ranks() != train.ranks()) {
      throw new IllegalArgumentException(
          "validation is dealt to %d ranks, training to %d"
              .formatted(validation.get().ranks(), train.ranks()));
    }
    if (plan.stopping() instanceof Stopping.Early early) {
      if (validation.isEmpty()) {
        throw Stop.usage("early stopping needs validation rows, and there are none");
      }
      if (early.metric() == Stopping.Metric.ACCURACY && !classes) {
        throw Stop.usage("early stopping by accuracy needs classes; for numbers use the loss");
      }
    }
  }

  public int ranks() {
    return train.ranks();
  }
}
