package org.millrace.deep.dl4j;

import java.util.HashMap;
import java.util.Map;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a batch's rows should come to, and how much each counts, as DL4J wants it. */
final class TargetArrays {
  private final Task task;
  private final Map<Integer, NativeFloats> targets = new HashMap<>();
  private final Map<Integer, NativeFloats> weights = new HashMap<>();

  TargetArrays(Task task) {
    this.task = task;
  }

  /** Rows x outputs; for classes a 1 at each row's class. */
  INDArray targets(Batch batch) {
    int outputs = task.outputs();
    NativeFloats array =
        targets.computeIfAbsent(batch.rows(), rows -> NativeFloats.zeros(rows, outputs));
    if (task instanceof Task.Classes) {
      for (int i = 0; i < batch.rows() * outputs; i++) {
        array.buffer().put(i, 0);
      }
      for (int row = 0; row < batch.rows(); row++) {
        array.buffer().put(row * outputs + (int) batch.targets()[row], 1);
      }
    } else {
      array.buffer().put(0, batch.targets(), 0, batch.rows() * outputs);
    }
    return array.written();
  }

  /** Rows x 1; null where each row counts 1. */
  INDArray weights(Batch batch) {
    boolean equal = true;
    for (int row = 0; row < batch.rows(); row++) {
      equal &= batch.weights()[row] == 1;
    }
    if (equal) {
      return null;
    }
    NativeFloats array = weights.computeIfAbsent(batch.rows(), rows -> NativeFloats.zeros(rows, 1));
    array.buffer().put(0, batch.weights(), 0, batch.rows());
    return array.written();
  }
}
