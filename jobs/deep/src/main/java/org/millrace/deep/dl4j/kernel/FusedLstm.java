package org.millrace.deep.dl4j.kernel;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's LSTM, with its configuration and its parameters, run by {@link FusedLstmLayer}. What that
 * does not know (another activation, type, format or backend) is run by DL4J's own layer.
 *
 * <p>Masks: a step that is not real leaves outputs, state and gradients zero, so that a sequence
 * read backwards begins with its last real step. DL4J's own layer reads the padding there.
 */
public final class FusedLstm extends LSTM {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public FusedLstm() {}

  /**
   * @param plain what {@link LSTM.Builder} has built
   */
  public static FusedLstm of(LSTM plain) {
    FusedLstm fused = new FusedLstm();
    for (Class<?> part = LSTM.class; part != Object.class; part = part.getSuperclass()) {
      for (Field field : part.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          copy(field, plain, fused);
        }
      }
    }
    return fused;
  }

  private static void copy(Field field, LSTM from, LSTM to) {
    try {
      field.setAccessible(true);
      field.set(to, field.get(from));
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    if (!canBeFused(type)) {
      return super.instantiate(configuration, listeners, index, parameters, initialize, type);
    }
    FusedLstmLayer layer = new FusedLstmLayer(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(configuration);
    return layer;
  }

  private boolean canBeFused(DataType type) {
    return type == DataType.FLOAT
        && getActivationFn() instanceof ActivationTanH
        && getGateActivationFn() instanceof ActivationSigmoid
        && getRnnDataFormat() != RNNFormat.NWC
        && "CPU".equals(Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
  }
}
