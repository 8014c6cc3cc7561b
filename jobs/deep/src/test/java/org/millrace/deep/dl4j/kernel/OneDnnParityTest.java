package org.millrace.deep.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The same network, parameters and batch with oneDNN and without: outputs and gradients agree. The
 * layer under test stands between a trained layer, whose gradient shows what it passes back, and
 * the output layer.
 */
class OneDnnParityTest {
  private static final double TOLERANCE = 1e-4;
  private static final int CLASSES = 3;

  @BeforeAll
  static void prepare() throws Exception {
    NativeKernels.prepare();
    assumeTrue(NativeKernelsTest.processorCan(), "this processor cannot run oneDNN");
    assertThat(NativeKernels.oneDnn()).as("prepared before ND4J was loaded").isTrue();
  }

  /**
   * @param shape of the input, the batch first
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares cases.
  record Case(long[] shape, InputType input, Layer before, Layer layer) {
    @Override
    public String toString() {
      return Arrays.toString(shape) + " -> " + layer;
    }
  }

  static Stream<Case> convolutions() {
    return Stream.of(ConvolutionMode.Truncate, ConvolutionMode.Same)
        .flatMap(
            mode ->
                Stream.of(
                    image(64, 1, 28, 28, convolution(32, 3, 3, 1, 0, mode)),
                    image(1, 32, 28, 28, convolution(64, 3, 3, 1, 1, mode)),
                    image(7, 3, 13, 9, convolution(5, 5, 5, 2, 2, mode)),
                    image(2, 5, 17, 11, convolution(7, 1, 1, 1, 0, mode)),
                    image(3, 2, 15, 10, convolution(9, 2, 4, 3, 1, mode)),
                    image(2, 1, 44, 13, convolution(16, 3, 5, 2, 0, mode)),
                    image(3, 4, 11, 12, convolution(8, 7, 7, 2, 3, mode))));
  }

  static Stream<Case> poolings() {
    return Stream.of(PoolingType.MAX, PoolingType.AVG)
        .flatMap(
            type ->
                Stream.of(ConvolutionMode.Truncate, ConvolutionMode.Same)
                    .flatMap(
                        mode ->
                            Stream.of(
                                image(64, 16, 24, 24, pooling(type, 2, 2, mode)),
                                image(1, 3, 13, 9, pooling(type, 2, 2, mode)),
                                image(5, 7, 13, 10, pooling(type, 3, 2, mode)),
                                image(3, 5, 8, 7, pooling(type, 3, 1, mode)))));
  }

  static Stream<Case> others() {
    return Stream.of(
        image(64, 16, 12, 12, new BatchNormalization()),
        image(3, 3, 7, 5, new BatchNormalization()),
        image(2, 5, 9, 4, new GlobalPoolingLayer.Builder(PoolingType.AVG).build()),
        numbers(64, 37, new BatchNormalization()),
        numbers(5, 8, new BatchNormalization()),
        numbers(64, 128, new DenseLayer.Builder().nOut(100).build()),
        numbers(1, 7, new DenseLayer.Builder().nOut(3).build()),
        sequence(64, 16, 5, new LSTM.Builder().nOut(24).build()),
        sequence(1, 3, 9, new LSTM.Builder().nOut(5).build()),
        sequence(3, 7, 1, new LSTM.Builder().nOut(5).build()));
  }

  @ParameterizedTest
  @MethodSource({"convolutions", "poolings", "others"})
  void agrees(Case test) {
    Nd4j.getRandom().setSeed(7);
    INDArray input = Nd4j.randn(DataType.FLOAT, test.shape);
    Map<String, INDArray> with = run(test, input, true);
    Map<String, INDArray> without = run(test, input, false);

    assertThat(with.keySet()).isEqualTo(without.keySet());
    assertThat(with).isNotEmpty();
    with.forEach(
        (what, values) ->
            assertThat(difference(values, without.get(what))).as(what).isLessThan(TOLERANCE));
  }

  /** Outputs in training and in scoring, and the gradient of every parameter. */
  private static Map<String, INDArray> run(Case test, INDArray input, boolean oneDnn) {
    Nd4j.getEnvironment().allowHelpers(oneDnn);
    try {
      MultiLayerNetwork network = network(test);
      if (test.layer instanceof ConvolutionLayer
          || test.layer instanceof SubsamplingLayer
          || test.layer instanceof BatchNormalization) {
        assertThat(network.getLayer(1).getHelper() != null).isEqualTo(oneDnn);
      }
      Map<String, INDArray> results = new TreeMap<>();
      results.put("output in training", network.output(input, true));
      network.setInput(input);
      network.setLabels(labels((int) test.shape[0]));
      network.computeGradientAndScore();
      network
          .gradient()
          .gradientForVariable()
          .forEach((name, gradient) -> results.put("gradient of " + name, gradient.dup()));
      results.put("output in scoring", network.output(input, false));
      return results;
    } finally {
      Nd4j.getEnvironment().allowHelpers(true);
    }
  }

  private static MultiLayerNetwork network(Case test) {
    var configuration =
        new NeuralNetConfiguration.Builder()
            .seed(11)
            .updater(new NoOp())
            .activation(Activation.TANH)
            .weightInit(WeightInit.XAVIER)
            .list()
            .layer(test.before.clone())
            .layer(test.layer.clone());
    if (test.layer instanceof LSTM) {
      configuration.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    }
    configuration.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
    var network = new MultiLayerNetwork(configuration.setInputType(test.input).build());
    network.init();
    return network;
  }

  private static INDArray labels(int rows) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return labels;
  }

  private static double difference(INDArray one, INDArray other) {
    double size = Math.max(other.norm2Number().doubleValue(), 1e-6);
    return one.sub(other).norm2Number().doubleValue() / size;
  }

  private static Case image(int rows, int channels, int height, int width, Layer layer) {
    return new Case(
        new long[] {rows, channels, height, width},
        InputType.convolutional(height, width, channels),
        new ConvolutionLayer.Builder(1, 1).nOut(channels).build(),
        layer);
  }

  private static Case numbers(int rows, int numbers, Layer layer) {
    return new Case(
        new long[] {rows, numbers},
        InputType.feedForward(numbers),
        new DenseLayer.Builder().nOut(numbers).build(),
        layer);
  }

  private static Case sequence(int rows, int features, int steps, Layer layer) {
    return new Case(
        new long[] {rows, features, steps},
        InputType.recurrent(features, steps),
        new LSTM.Builder().nOut(features).build(),
        layer);
  }

  private static Layer convolution(
      int filters, int height, int width, int stride, int padding, ConvolutionMode mode) {
    var layer = new ConvolutionLayer.Builder(height, width).nOut(filters).stride(stride, stride);
    return mode == ConvolutionMode.Same
        ? layer.convolutionMode(mode).build()
        : layer.convolutionMode(mode).padding(padding, padding).build();
  }

  private static Layer pooling(PoolingType type, int size, int stride, ConvolutionMode mode) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(size, size)
        .stride(stride, stride)
        .convolutionMode(mode)
        .build();
  }
}
