package org.millrace.deep.dl4j;

import java.util.Arrays;
import java.util.List;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Shape;

/**
 * Parts of a batch to score one behind the other. What convolutions make of many images at once
 * does not fit the processor's caches, which costs more than the calls that it saves; the steps of
 * sequences are the faster the more rows they have.
 */
final class Portion {
  private static final int IMAGES = 64;

  private Portion() {}

  /** How many rows to score at once. */
  static int rows(Batch batch) {
    boolean images = batch.inputs().stream().anyMatch(in -> in.shape() instanceof Shape.Image);
    return images ? Math.min(IMAGES, batch.rows()) : batch.rows();
  }

  /** The rows from..to-1. */
  static Batch of(Batch batch, int from, int to) {
    if (from == 0 && to == batch.rows()) {
      return batch;
    }
    List<Batch.Input> inputs = batch.inputs().stream().map(input -> part(input, from, to)).toList();
    return new Batch(to - from, inputs, new float[0], new float[0]);
  }

  private static Batch.Input part(Batch.Input input, int from, int to) {
    int size = input.shape().size();
    return new Batch.Input(
        input.name(),
        input.shape(),
        Arrays.copyOfRange(input.values(), from * size, to * size),
        input.lengths() == null ? null : Arrays.copyOfRange(input.lengths(), from, to));
  }
}
