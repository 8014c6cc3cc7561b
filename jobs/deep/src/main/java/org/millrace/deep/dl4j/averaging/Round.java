package org.millrace.deep.dl4j.averaging;

import java.util.ArrayList;
import java.util.List;
import org.millrace.deep.data.Batches;
import org.millrace.deep.train.Replica.Loss;

/**
 * Steps between two averages.
 *
 * @param epoch from 0
 * @param from its first step in the epoch
 * @param to behind its last one
 */
record Round(int epoch, int from, int to) {

  /**
   * What a round came to.
   *
   * @param loss of all ranks' rows, each as it was when its batch was trained on
   * @param busySeconds that the ranks took for their steps, added up
   */
  record Outcome(Loss loss, long rows, double busySeconds) {}

  int steps() {
    return to - from;
  }

  /** The names of a rank's minibatches; a rank that has none left has fewer than steps. */
  List<String> minibatches(Batches batches, int rank) {
    List<String> names = new ArrayList<>();
    for (int step = from; step < to && (long) step * batches.batchSize() < batches.rows(rank); ) {
      names.add(new MinibatchName(rank, epoch, step++).toString());
    }
    return names;
  }
}
