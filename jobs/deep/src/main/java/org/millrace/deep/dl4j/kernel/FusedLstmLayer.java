package org.millrace.deep.dl4j.kernel;

import static org.deeplearning4j.nn.params.LSTMParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.LSTMParamInitializer.INPUT_WEIGHT_KEY;
import static org.deeplearning4j.nn.params.LSTMParamInitializer.RECURRENT_WEIGHT_KEY;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's LSTM layer with whole sequences computed by {@link LstmKernel}; single steps and truncated
 * back-propagation stay with DL4J.
 */
final class FusedLstmLayer extends LSTM {
  private static final long serialVersionUID = 1L;

  private transient LstmKernel kernel;

  /** [step][row][number]: inputs, outputs and the outputs' gradients of the last batch. */
  private transient INDArray inputs;

  private transient INDArray outputs;
  private transient INDArray outputGradients;
  private transient float[][] masks;

  /** Whether the kernel holds what back-propagation of the input that is set needs. */
  private transient boolean forwarded;

  FusedLstmLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    super.setInput(input, workspaces);
    forwarded = false;
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    return activate(training, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    forward(training, workspaces);
    long[] shape = outputs.shape();
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
    Pointer.memcpy(floats(result), floats(outputs), result.length() * Float.BYTES);
    return result.permute(1, 2, 0);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (!forwarded) {
      forward(true, workspaces);
    }
    forwarded = false; // The kernel's arrays are overwritten.
    outputGradients = stepsFirst(outputGradients, epsilon);
    INDArray inputGradients =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs.shape(), 'c');
    INDArray byInput = gradientViews.get(INPUT_WEIGHT_KEY);
    INDArray byRecurrent = gradientViews.get(RECURRENT_WEIGHT_KEY);
    INDArray byBias = gradientViews.get(BIAS_KEY);
    kernel.backward(
        weights(true, workspaces),
        floats(inputs),
        floats(outputs),
        floats(outputGradients),
        masks,
        new LstmKernel.Weights(floats(byInput), floats(byRecurrent), floats(byBias)),
        floats(inputGradients));
    weightNoiseParams.clear();

    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(INPUT_WEIGHT_KEY, byInput);
    gradient.gradientForVariable().put(RECURRENT_WEIGHT_KEY, byRecurrent);
    gradient.gradientForVariable().put(BIAS_KEY, byBias);
    return new Pair<>(gradient, backpropDropOutIfPresent(inputGradients.permute(1, 2, 0)));
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int rowCount) {
    setMaskArray(mask);
    return super.feedForwardMaskArray(mask, state, rowCount);
  }

  private void forward(boolean training, LayerWorkspaceMgr workspaces) {
    applyDropOutIfNecessary(training, workspaces);
    inputs = stepsFirst(inputs, input);
    int steps = (int) inputs.size(0);
    int rows = (int) inputs.size(1);
    int units = (int) layerConf().getNOut();
    if (kernel == null) {
      kernel = new LstmKernel((int) layerConf().getNIn(), units);
    }
    outputs = sized(outputs, steps, rows, units);
    masks = maskArray == null ? null : maskArray.castTo(DataType.FLOAT).transpose().toFloatMatrix();
    kernel.forward(
        steps,
        rows,
        weights(training, workspaces),
        floats(inputs),
        floats(outputs),
        masks,
        training);
    forwarded = training;
  }

  private LstmKernel.Weights weights(boolean training, LayerWorkspaceMgr workspaces) {
    return new LstmKernel.Weights(
        floats(getParamWithNoise(INPUT_WEIGHT_KEY, training, workspaces)),
        floats(getParamWithNoise(RECURRENT_WEIGHT_KEY, training, workspaces)),
        floats(getParamWithNoise(BIAS_KEY, training, workspaces)));
  }

  /** Copies [row][number][step] to the kept array, [step][row][number]. */
  private static INDArray stepsFirst(INDArray kept, INDArray values) {
    INDArray view = values.permute(2, 0, 1);
    INDArray array = sized(kept, (int) view.size(0), (int) view.size(1), (int) view.size(2));
    return array.assign(view);
  }

  /** An array of this shape outside of DL4J's workspaces, the one that is kept where it fits. */
  private static INDArray sized(INDArray kept, int steps, int rows, int numbers) {
    if (kept != null && kept.size(0) == steps && kept.size(1) == rows && kept.size(2) == numbers) {
      return kept;
    }
    return Nd4j.createUninitializedDetached(DataType.FLOAT, steps, rows, numbers);
  }

  private static FloatPointer floats(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length());
  }
}
