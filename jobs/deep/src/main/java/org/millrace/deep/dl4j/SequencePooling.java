package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/**
 * Pooling over the steps of a sequence: DL4J's own does that too, but says that a sequence comes
 * out, so that what stands between it and the output layer is fed back with a step too many.
 */
public final class SequencePooling extends GlobalPoolingLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public SequencePooling() {}

  SequencePooling(PoolingType by) {
    super(by);
  }

  @Override
  public InputType getOutputType(int index, InputType in) {
    return in instanceof InputType.InputTypeRecurrent sequence
        ? InputType.feedForward(sequence.getSize())
        : super.getOutputType(index, in);
  }
}
