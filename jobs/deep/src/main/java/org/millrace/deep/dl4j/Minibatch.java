package org.millrace.deep.dl4j;

import java.util.stream.Stream;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Task;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A batch in DL4J's own form, a copy; the weights of the rows stand where DL4J has a mask. */
public final class Minibatch {
  private Minibatch() {}

  @SuppressWarnings("try") // Its closing is all that is wanted of it.
  public static MultiDataSet of(Batch batch, Task task) {
    // A thread that fetches ahead works in memory that it soon writes over.
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      InputArrays.Arrays[] inputs =
          batch.inputs().stream()
              .map(i -> new InputArrays(ImageOrder.CHANNELS_FIRST).of(i, batch.rows()))
              .toArray(InputArrays.Arrays[]::new);
      TargetArrays targets = new TargetArrays(task);
      INDArray[] masks = Stream.of(inputs).map(InputArrays.Arrays::mask).toArray(INDArray[]::new);
      INDArray weights = targets.weights(batch);
      return new org.nd4j.linalg.dataset.MultiDataSet(
          Stream.of(inputs).map(InputArrays.Arrays::values).toArray(INDArray[]::new),
          new INDArray[] {targets.targets(batch)},
          Stream.of(masks).allMatch(mask -> mask == null) ? null : masks,
          weights == null ? null : new INDArray[] {weights});
    }
  }

  /** Rows x 1; null where each row counts 1. */
  static INDArray weights(MultiDataSet minibatch) {
    return minibatch.getLabelsMaskArrays() == null ? null : minibatch.getLabelsMaskArray(0);
  }
}
