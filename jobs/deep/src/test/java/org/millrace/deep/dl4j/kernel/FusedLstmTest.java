package org.millrace.deep.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Two stacked layers of ours in single precision beside two of DL4J's in double precision with the
 * same parameters.
 */
class FusedLstmTest {
  private static final double TOLERANCE = 1e-4;
  private static final int CLASSES = 3;

  @BeforeAll
  static void prepare() {
    NativeKernels.prepare();
  }

  /** How the layers stand in the network. */
  enum Wiring {
    LAST_STEP {
      @Override
      Layer[] layers(LSTM first, LSTM second) {
        return new Layer[] {first, new LastTimeStep(second)};
      }
    },
    POOLED {
      @Override
      Layer[] layers(LSTM first, LSTM second) {
        return new Layer[] {first, second, pooling(PoolingType.AVG)};
      }
    },
    BOTH_WAYS_SIDE_BY_SIDE {
      @Override
      Layer[] layers(LSTM first, LSTM second) {
        return new Layer[] {
          new Bidirectional(Bidirectional.Mode.CONCAT, first),
          new Bidirectional(Bidirectional.Mode.CONCAT, second),
          pooling(PoolingType.MAX)
        };
      }
    },
    BOTH_WAYS_ADDED {
      @Override
      Layer[] layers(LSTM first, LSTM second) {
        return new Layer[] {
          new Bidirectional(Bidirectional.Mode.ADD, first),
          new LastTimeStep(new Bidirectional(Bidirectional.Mode.AVERAGE, second))
        };
      }
    };

    abstract Layer[] layers(LSTM first, LSTM second);

    private static Layer pooling(PoolingType type) {
      return new GlobalPoolingLayer.Builder(type).build();
    }
  }

  record Size(Wiring wiring, int rows, int features, int units, int steps) {}

  static Stream<Size> sizes() {
    return Stream.of(Wiring.values())
        .flatMap(
            wiring ->
                Stream.of(
                    new Size(wiring, 64, 16, 24, 12),
                    new Size(wiring, 1, 3, 5, 9),
                    new Size(wiring, 7, 1, 33, 4),
                    new Size(wiring, 3, 6, 2, 1)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void agreesWithDl4jInDoublePrecision(Size size) {
    MultiLayerNetwork ours = ours(size);
    MultiLayerNetwork reference = reference(size, ours);
    INDArray input = input(size, DataType.FLOAT);
    INDArray labels = labels(size.rows);

    assertThat(difference(ours.output(input), reference.output(doubles(input))))
        .isLessThan(TOLERANCE);
    assertThat(
            difference(
                gradient(ours, input, labels, null),
                gradient(reference, doubles(input), doubles(labels), null)))
        .isLessThan(TOLERANCE);
  }

  /** A batch of sequences with lengths says what its rows say one by one, cut to their lengths. */
  @ParameterizedTest
  @EnumSource
  void knowsLengths(Wiring wiring) {
    int[] lengths = {6, 1, 9, 4, 9};
    Size size = new Size(wiring, lengths.length, 4, 7, 9);
    MultiLayerNetwork ours = ours(size);
    MultiLayerNetwork reference = reference(size, ours);
    INDArray input = input(size, DataType.FLOAT);
    INDArray labels = labels(size.rows);
    INDArray mask = Nd4j.zeros(DataType.FLOAT, size.rows, size.steps);
    INDArray expectedGradient = Nd4j.zeros(DataType.DOUBLE, reference.numParams());
    INDArray expectedOutput = Nd4j.zeros(DataType.DOUBLE, size.rows, CLASSES);
    for (int row = 0; row < size.rows; row++) {
      var steps = NDArrayIndex.interval(0, lengths[row]);
      mask.get(NDArrayIndex.point(row), steps).assign(1);
      INDArray cut =
          doubles(input).get(NDArrayIndex.interval(row, row + 1), NDArrayIndex.all(), steps).dup();
      INDArray label = doubles(labels).get(NDArrayIndex.interval(row, row + 1)).dup();
      expectedGradient.addi(gradient(reference, cut, label, null));
      expectedOutput.putRow(row, reference.output(cut));
    }

    assertThat(difference(gradient(ours, input, labels, mask), expectedGradient))
        .isLessThan(TOLERANCE);
    assertThat(difference(ours.output(input, false, mask, null), expectedOutput))
        .isLessThan(TOLERANCE);
  }

  @Test
  void gradientIsTheSlopeOfTheLoss() {
    Size size = new Size(Wiring.POOLED, 5, 4, 6, 8);
    MultiLayerNetwork ours = ours(size);
    MultiLayerNetwork reference = reference(size, ours);
    INDArray input = input(size, DataType.FLOAT);
    INDArray labels = labels(size.rows);
    INDArray gradient = gradient(ours, input, labels, null);
    Random random = new Random(5);
    double step = 1e-6;
    for (int i = 0; i < 60; i++) {
      long at = random.nextInt((int) gradient.length());
      double slope =
          (loss(reference, at, step, input, labels) - loss(reference, at, -step, input, labels))
              / (2 * step);
      assertThat(gradient.getDouble(at)).isCloseTo(slope * size.rows, within(1e-4));
    }
  }

  @Test
  void keepsNothingFromBatchesOfOtherSizes() {
    MultiLayerNetwork used = ours(new Size(Wiring.POOLED, 1, 4, 7, 1));
    for (Size size :
        new Size[] {
          new Size(Wiring.POOLED, 6, 4, 7, 9),
          new Size(Wiring.POOLED, 2, 4, 7, 12),
          new Size(Wiring.POOLED, 9, 4, 7, 3)
        }) {
      INDArray input = input(size, DataType.FLOAT);
      INDArray labels = labels(size.rows);
      used.output(input);
      assertThat(gradient(used, input, labels, null))
          .isEqualTo(gradient(ours(size), input, labels, null));
    }
  }

  @Test
  void stepByStepSaysTheSame() {
    Size size = new Size(Wiring.POOLED, 4, 3, 5, 6);
    var layer = (FusedLstmLayer) ours(size).getLayer(0);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    INDArray input = input(size, DataType.FLOAT);
    INDArray whole = layer.activate(input, false, none);
    for (int step = 0; step < size.steps; step++) {
      var now = NDArrayIndex.interval(step, step + 1);
      INDArray one = input.get(NDArrayIndex.all(), NDArrayIndex.all(), now);
      assertThat(
              difference(
                  layer.rnnTimeStep(one, none),
                  whole.get(NDArrayIndex.all(), NDArrayIndex.all(), now)))
          .isLessThan(TOLERANCE);
    }
  }

  @Test
  void survivesJson() {
    MultiLayerConfiguration written =
        configuration(new Size(Wiring.BOTH_WAYS_ADDED, 1, 4, 5, 6), DataType.FLOAT, true);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());
    assertThat(read).isEqualTo(written);
    Layer layer = ((Bidirectional) read.getConf(0).getLayer()).getFwd();
    assertThat(layer).isInstanceOf(FusedLstm.class);
    assertThat(((FusedLstm) layer).getForgetGateBiasInit()).isEqualTo(2.5);
  }

  private static MultiLayerNetwork ours(Size size) {
    return network(configuration(size, DataType.FLOAT, true));
  }

  private static MultiLayerNetwork reference(Size size, MultiLayerNetwork ours) {
    MultiLayerNetwork reference = network(configuration(size, DataType.DOUBLE, false));
    reference.setParams(doubles(ours.params()));
    return reference;
  }

  private static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static MultiLayerConfiguration configuration(Size size, DataType type, boolean fused) {
    var list =
        new NeuralNetConfiguration.Builder()
            .seed(11)
            .dataType(type)
            .updater(new NoOp())
            .weightInit(WeightInit.XAVIER)
            .list();
    for (Layer layer : size.wiring.layers(lstm(size, fused), lstm(size, fused))) {
      list.layer(layer);
    }
    return list.layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.recurrent(size.features))
        .build();
  }

  private static LSTM lstm(Size size, boolean fused) {
    LSTM plain =
        new LSTM.Builder()
            .nOut(size.units)
            .forgetGateBiasInit(2.5)
            .activation(Activation.TANH)
            .build();
    return fused ? FusedLstm.of(plain) : plain;
  }

  private static INDArray input(Size size, DataType type) {
    Nd4j.getRandom().setSeed(size.hashCode());
    return Nd4j.randn(type, size.rows, size.features, size.steps).muli(2);
  }

  private static INDArray labels(int rows) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return labels;
  }

  private static INDArray gradient(
      MultiLayerNetwork network, INDArray input, INDArray labels, INDArray mask) {
    network.setInput(input);
    network.setLabels(labels);
    network.setLayerMaskArrays(mask, null);
    network.computeGradientAndScore();
    network.clearLayerMaskArrays();
    return network.getGradientsViewArray().dup().reshape(network.numParams());
  }

  private static double loss(
      MultiLayerNetwork reference, long at, double step, INDArray input, INDArray labels) {
    INDArray moved = reference.params().dup();
    moved.putScalar(at, moved.getDouble(at) + step);
    INDArray kept = reference.params().dup();
    reference.setParams(moved);
    reference.setInput(doubles(input));
    reference.setLabels(doubles(labels));
    reference.computeGradientAndScore();
    double loss = reference.score();
    reference.setParams(kept);
    return loss;
  }

  private static INDArray doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE);
  }

  private static double difference(INDArray one, INDArray other) {
    return doubles(one).sub(doubles(other)).norm2Number().doubleValue()
        / doubles(other).norm2Number().doubleValue();
  }
}
