package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.millrace.deep.dl4j.kernel.FusedLstm;
import org.millrace.deep.net.Layer.Activate;
import org.millrace.deep.net.Layer.BatchNorm;
import org.millrace.deep.net.Layer.Conv;
import org.millrace.deep.net.Layer.Dense;
import org.millrace.deep.net.Layer.Dropout;
import org.millrace.deep.net.Layer.Embedding;
import org.millrace.deep.net.Layer.GlobalPool;
import org.millrace.deep.net.Layer.Lstm;
import org.millrace.deep.net.Layer.Pool;
import org.millrace.deep.net.Merge;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Summary;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Layers in DL4J's terms. */
final class LayerTranslation {
  private LayerTranslation() {}

  /**
   * A layer that is one in DL4J too; a last step is a vertex there.
   *
   * @param in what the layer gets
   */
  static Layer of(org.millrace.deep.net.Layer layer, Shape in) {
    if (layer instanceof Conv conv) {
      return new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
          .stride(conv.stride(), conv.stride())
          .convolutionMode(mode(conv.padding()))
          .nOut(conv.filters())
          .activation(activation(conv.activation()))
          .build();
    } else if (layer instanceof Pool pool) {
      return new SubsamplingLayer.Builder(pooling(pool.by()))
          .kernelSize(pool.size(), pool.size())
          .stride(pool.stride(), pool.stride())
          .convolutionMode(mode(pool.padding()))
          .build();
    } else if (layer instanceof BatchNorm norm) {
      // Running variances and not their logarithms, since what is averaged over ranks must be
      // linear.
      return new BatchNormalization.Builder()
          .decay(norm.decay())
          .eps(norm.epsilon())
          .useLogStd(false)
          .build();
    } else if (layer instanceof Dropout dropout) {
      double kept = 1 - dropout.rate();
      return in instanceof Shape.Sequence
          ? new SequenceDropout(kept)
          : new DropoutLayer.Builder(kept).build();
    } else if (layer instanceof Dense dense) {
      return new DenseLayer.Builder()
          .nOut(dense.units())
          .activation(activation(dense.activation()))
          .build();
    } else if (layer instanceof Embedding embedding) {
      return new EmbeddingSequenceLayer.Builder()
          .nIn(((Shape.Tokens) in).vocabulary())
          .nOut(embedding.size())
          .inferInputLength(true)
          .activation(Activation.IDENTITY)
          .build();
    } else if (layer instanceof Lstm lstm) {
      return lstm(lstm.units(), lstm.forgetBias());
    } else if (layer instanceof org.millrace.deep.net.Layer.Bidirectional both) {
      return new Bidirectional(mode(both.merge()), lstm(both.units(), both.forgetBias()));
    } else if (layer instanceof GlobalPool pool) {
      PoolingType by = pool.by() == Summary.MAX ? PoolingType.MAX : PoolingType.AVG;
      return in instanceof Shape.Sequence ? new SequencePooling(by) : new GlobalPoolingLayer(by);
    } else if (layer instanceof Activate activate) {
      return new ActivationLayer.Builder().activation(activation(activate.function())).build();
    }
    throw new IllegalArgumentException("no layer of DL4J: " + layer);
  }

  private static LSTM lstm(int units, double forgetBias) {
    return FusedLstm.of(
        new LSTM.Builder()
            .nOut(units)
            .forgetGateBiasInit(forgetBias)
            .activation(Activation.TANH)
            .gateActivationFunction(Activation.SIGMOID)
            .build());
  }

  private static ConvolutionMode mode(Padding padding) {
    return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  private static SubsamplingLayer.PoolingType pooling(Summary by) {
    return by == Summary.MAX ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG;
  }

  private static Bidirectional.Mode mode(Merge merge) {
    return switch (merge) {
      case CONCATENATE -> Bidirectional.Mode.CONCAT;
      case ADD -> Bidirectional.Mode.ADD;
      case AVERAGE -> Bidirectional.Mode.AVERAGE;
      case MULTIPLY -> Bidirectional.Mode.MUL;
    };
  }

  private static IActivation activation(org.millrace.deep.net.Activation activation) {
    return switch (activation) {
      case IDENTITY -> Activation.IDENTITY.getActivationFunction();
      case RELU -> Activation.RELU.getActivationFunction();
      case LEAKY_RELU -> new ActivationLReLU(0.01);
      case ELU -> Activation.ELU.getActivationFunction();
      case SIGMOID -> Activation.SIGMOID.getActivationFunction();
      case TANH -> Activation.TANH.getActivationFunction();
    };
  }
}
