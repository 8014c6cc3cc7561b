package org.millrace.deep.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Summary;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;

/** Small networks and batches to try them on. */
public final class Samples {
  static final Updater SGD = new Updater.Sgd();
  public static final Updater ADAM = new Updater.Adam(0.9, 0.999, 1e-8);

  private Samples() {}

  public static Network list(Shape input, Task task, Layer... layers) {
    return new Network(
        List.of(new NetworkInput("input", input)), new Architecture.Layers(List.of(layers)), task);
  }

  static Network cnn() {
    return list(
        new Shape.Image(8, 8, 2),
        new Task.Classes(3),
        new Layer.Conv(4, 3, 1, Padding.SAME, Activation.TANH),
        new Layer.Pool(Summary.AVERAGE, 2, 2, Padding.VALID),
        new Layer.Dense(8, Activation.TANH));
  }

  static Network lstm() {
    return list(
        new Shape.Sequence(6, 3), new Task.Classes(3), new Layer.Lstm(5, 1), new Layer.LastStep());
  }

  static Network tokens() {
    return list(
        new Shape.Tokens(20, 9),
        new Task.Classes(2),
        new Layer.Embedding(4),
        new Layer.Lstm(5, 1),
        new Layer.GlobalPool(Summary.MAX));
  }

  public static Optimization optimization(Updater updater, double rate) {
    return new Optimization(
        updater,
        new LearningRate(rate, 0, new Decay.Constant()),
        new Clipping.None(),
        0,
        WeightInit.XAVIER,
        Precision.FLOAT);
  }

  /** Random examples, the targets planted: what a row holds shifts with its class. */
  public static Batch batch(Network network, int rows, long seed) {
    Random random = new Random(seed);
    float[] targets = new float[rows * network.task().targets()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          network.task() instanceof Task.Classes classes
              ? random.nextInt(classes.count())
              : (float) random.nextGaussian();
    }
    List<Batch.Input> inputs =
        network.inputs().stream().map(i -> input(i, rows, targets, random)).toList();
    float[] weights = new float[rows];
    for (int row = 0; row < rows; row++) {
      weights[row] = 0.5f + random.nextInt(3);
    }
    return new Batch(rows, inputs, targets, weights);
  }

  private static Batch.Input input(NetworkInput input, int rows, float[] targets, Random random) {
    Shape shape = input.shape();
    float[] values = new float[rows * shape.size()];
    int[] lengths = null;
    if (shape instanceof Shape.Sequence || shape instanceof Shape.Tokens) {
      int steps = shape instanceof Shape.Tokens t ? t.steps() : ((Shape.Sequence) shape).steps();
      lengths = random.ints(rows, 1, steps + 1).toArray();
    }
    for (int i = 0; i < values.length; i++) {
      float target = targets[i / shape.size() * (targets.length / rows)];
      values[i] =
          shape instanceof Shape.Tokens tokens
              ? (random.nextInt(tokens.vocabulary() / 2) + (int) target) % tokens.vocabulary()
              : (float) random.nextGaussian() + target;
    }
    return new Batch.Input(input.name(), shape, values, lengths);
  }

  /** Rows of a batch by themselves. */
  public static Batch rows(Batch batch, int from, int to) {
    List<Batch.Input> inputs =
        batch.inputs().stream()
            .map(
                i ->
                    new Batch.Input(
                        i.name(),
                        i.shape(),
                        Arrays.copyOfRange(
                            i.values(), from * i.shape().size(), to * i.shape().size()),
                        i.lengths() == null ? null : Arrays.copyOfRange(i.lengths(), from, to)))
            .toList();
    int each = batch.targets().length / batch.rows();
    return new Batch(
        to - from,
        inputs,
        Arrays.copyOfRange(batch.targets(), from * each, to * each),
        Arrays.copyOfRange(batch.weights(), from, to));
  }
}
