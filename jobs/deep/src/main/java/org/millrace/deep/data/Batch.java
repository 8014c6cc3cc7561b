package org.millrace.deep.data;

import java.util.List;
import org.millrace.deep.net.Shape;

/**
 * Some examples side by side, ready for an engine. Its arrays are reused from batch to batch and
 * may be longer than {@code rows} examples need; what lies behind is not to be looked at.
 *
 * @param rows examples, 0 where a rank has none left for a step
 * @param inputs one for each input of the network
 * @param targets rows x targets: one class index a row for classes, the numbers for regression
 * @param weights a weight a row: of its class, 1 without class weights
 */
@SuppressWarnings("ArrayRecordComponent") // Buffers: nobody compares batches.
public record Batch(int rows, List<Input> inputs, float[] targets, float[] weights) {
  /**
   * One input of every example.
   *
   * @param values rows x {@code shape.size()}, in the order that the shape tells
   * @param lengths for sequences and tokens the steps that are real, from the first on; null for
   *     others
   */
  @SuppressWarnings("ArrayRecordComponent") // As above.
  public record Input(String name, Shape shape, float[] values, int[] lengths) {}
}
