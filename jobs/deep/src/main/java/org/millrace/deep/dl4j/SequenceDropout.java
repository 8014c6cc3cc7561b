package org.millrace.deep.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dropout over sequences of different lengths: DL4J's own multiplies steps by their mask as if each
 * row had one number. Here the mask is only passed on, to layers that know what a step is.
 */
public final class SequenceDropout extends DropoutLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public SequenceDropout() {}

  /**
   * @param kept share of the numbers that stay, as DL4J counts
   */
  SequenceDropout(double kept) {
    super(kept);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Unmasked layer = new Unmasked(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  /** Does not look at masks. */
  private static final class Unmasked extends org.deeplearning4j.nn.layers.DropoutLayer {
    private static final long serialVersionUID = 1L;

    Unmasked(NeuralNetConfiguration configuration, DataType type) {
      super(configuration, type);
    }

    @Override
    public void setMaskArray(INDArray mask) {}

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
        INDArray mask, MaskState state, int rows) {
      return new Pair<>(mask, state);
    }
  }
}
