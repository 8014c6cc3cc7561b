package org.millrace.deep.train;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.millrace.config.Check;

/** Whether training ends before its last epoch, and which parameters are its result. */
public sealed interface Stopping extends Serializable {
  /** The epoch whose parameters are the result, or -1 for the last one's. */
  int bestEpoch(List<Epoch> history);

  /** Whether there is no use in another epoch. */
  boolean isOver(List<Epoch> history);

  /** Trains every epoch; the result is the last one's parameters. */
  record Never() implements Stopping {
    @Override
    public int bestEpoch(List<Epoch> history) {
      return -1;
    }

    @Override
    public boolean isOver(List<Epoch> history) {
      return false;
    }
  }

  /**
   * Ends when the validation rows get no better, after Prechelt, "Early stopping - but when?"; the
   * result is the best evaluated epoch's parameters.
   *
   * @param patience evaluations in a row without an improvement that end the training
   * @param minImprovement what the metric must gain on its best value so far to count
   */
  record Early(Metric metric, int patience, double minImprovement) implements Stopping {
    public Early {
      Check.that(patience >= 1, "patience", patience, "1 or more evaluations");
      Check.that(minImprovement >= 0, "min-improvement", minImprovement, "0 or more");
    }

    @Override
    public int bestEpoch(List<Epoch> history) {
      Epoch best = null;
      for (Epoch epoch : evaluated(history)) {
        if (best == null || improves(epoch, best)) {
          best = epoch;
        }
      }
      return best == null ? -1 : best.index();
    }

    @Override
    public boolean isOver(List<Epoch> history) {
      int best = bestEpoch(history);
      return evaluated(history).stream().filter(e -> e.index() > best).count() >= patience;
    }

    private boolean improves(Epoch epoch, Epoch best) {
      return metric.gain(epoch.evaluation(), best.evaluation()) > minImprovement;
    }

    private static List<Epoch> evaluated(List<Epoch> history) {
      return history.stream().filter(e -> Objects.nonNull(e.evaluation())).toList();
    }
  }

  /** What is watched on the validation rows. */
  enum Metric {
    LOSS {
      @Override
      double gain(Evaluation now, Evaluation before) {
        return before.loss() - now.loss();
      }
    },
    ACCURACY {
      @Override
      double gain(Evaluation now, Evaluation before) {
        return now.accuracy() - before.accuracy();
      }
    };

    /** How much better, positive for better whatever the metric's direction. */
    abstract double gain(Evaluation now, Evaluation before);
  }
}
