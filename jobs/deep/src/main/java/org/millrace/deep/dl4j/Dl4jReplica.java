package org.millrace.deep.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Replica;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A replica that is a graph of DL4J. */
public final class Dl4jReplica implements Replica {
  private final ComputationGraph graph;
  private final Task task;
  private final List<InputArrays> inputs;
  private final TargetArrays targets;
  private final NativeFloats parameters;
  private final NativeFloats gradients;
  private final RunningStatistics statistics;
  private final RowWeightedLoss loss;
  private final Step step;
  private final boolean penalized;

  Dl4jReplica(
      ComputationGraph graph, Network network, Optimization optimization, int stepsPerEpoch) {
    this.graph = graph;
    this.task = network.task();
    ImageOrder order = ImageOrder.of(graph);
    this.inputs = network.inputs().stream().map(input -> new InputArrays(order)).toList();
    this.targets = new TargetArrays(task);
    graph.initGradientsView();
    this.loss = new RowWeightedLoss(OutputLayers.loss(task));
    output().setLossFn(loss);
    this.parameters = NativeFloats.of(graph.params());
    this.gradients = NativeFloats.of(graph.getFlattenedGradients());
    this.statistics = new RunningStatistics(graph);
    this.step = new Step(graph, optimization, stepsPerEpoch, gradients, statistics);
    this.penalized = graph.calcRegularizationScore(true) != 0;
  }

  @Override
  public Loss gradient(Batch batch, long seed) {
    if (batch.rows() == 0) {
      gradients.array().assign(0);
      gradients.read();
      return new Loss(0, 0);
    }
    InputArrays.Arrays[] arrays = arrays(batch);
    graph.setInputs(values(arrays));
    graph.setLabels(targets.targets(batch));
    loss.weights(targets.weights(batch));
    graph.setLayerMaskArrays(masks(arrays), null);
    return gradient(TaskLoss.weight(batch), seed);
  }

  /** The same of a batch that {@link Minibatch} has written. */
  public Loss gradient(MultiDataSet minibatch, long seed) {
    INDArray weights = Minibatch.weights(minibatch);
    graph.setInputs(minibatch.getFeatures());
    graph.setLabels(minibatch.getLabels(0));
    loss.weights(weights);
    graph.setLayerMaskArrays(minibatch.getFeaturesMaskArrays(), null);
    double weight =
        weights == null
            ? minibatch.getLabels(0).size(0)
            : weights.castTo(DataType.DOUBLE).sumNumber().doubleValue();
    return gradient(weight, seed);
  }

  private Loss gradient(double weight, long seed) {
    gradients.array().assign(0); // What a layer does not write, such as a frozen one, stays 0.
    Nd4j.getRandom().setSeed(seed);
    graph.computeGradientAndScore();
    graph.clearLayerMaskArrays();
    double penalty = penalized ? graph.calcRegularizationScore(true) : 0;
    statistics.multiply(gradients.read(), (float) weight);
    gradients.written();
    return new Loss(graph.score() - penalty, weight);
  }

  private InputArrays.Arrays[] arrays(Batch batch) {
    InputArrays.Arrays[] arrays = new InputArrays.Arrays[inputs.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = inputs.get(i).of(batch.inputs().get(i), batch.rows());
    }
    return arrays;
  }

  private static INDArray[] values(InputArrays.Arrays[] arrays) {
    return Stream.of(arrays).map(InputArrays.Arrays::values).toArray(INDArray[]::new);
  }

  /** Null where no step of any input is masked. */
  private static INDArray[] masks(InputArrays.Arrays[] arrays) {
    INDArray[] masks = Stream.of(arrays).map(InputArrays.Arrays::mask).toArray(INDArray[]::new);
    return Stream.of(masks).allMatch(mask -> mask == null) ? null : masks;
  }

  @Override
  public FloatBuffer gradients() {
    return gradients.read();
  }

  @Override
  public FloatBuffer parameters() {
    return parameters.read();
  }

  @Override
  public void apply(double weight) {
    parameters.written(); // A trainer may have written to them.
    step.take(weight);
  }

  @Override
  public Loss evaluate(Batch batch) {
    return TaskLoss.of(task, batch, predict(batch));
  }

  @Override
  public float[][] predict(Batch batch) {
    if (batch.rows() == 0) {
      return new float[0][];
    }
    parameters.written();
    float[][] rows = new float[batch.rows()][task.outputs()];
    int most = Portion.rows(batch);
    for (int from = 0; from < rows.length; from += most) {
      predict(Portion.of(batch, from, Math.min(from + most, rows.length)), rows, from);
    }
    return rows;
  }

  /** Writes what the network says of the batch to rows[from] and those behind. */
  private void predict(Batch batch, float[][] rows, int from) {
    InputArrays.Arrays[] arrays = arrays(batch);
    INDArray said = graph.output(false, values(arrays), masks(arrays))[0];
    FloatBuffer buffer =
        NativeFloats.of(said.ordering() == 'c' && !said.isView() ? said : said.dup('c')).read();
    for (int row = 0; row < batch.rows(); row++) {
      buffer.get(row * task.outputs(), rows[from + row]);
    }
  }

  @Override
  public void save(OutputStream out) throws IOException {
    ReplicaState.write(out, step.count(), parameters.read(), updaterState());
  }

  @Override
  public void load(InputStream in) throws IOException {
    step.count(ReplicaState.read(in, parameters.read(), updaterState()));
    parameters.written();
  }

  private FloatBuffer updaterState() {
    return step.state() == null ? FloatBuffer.allocate(0) : NativeFloats.of(step.state()).read();
  }

  /**
   * Tells how many steps it has taken, where its parameters came another way than by {@link #load}.
   */
  public void standAt(int steps) {
    step.count(steps);
  }

  public ComputationGraph graph() {
    return graph;
  }

  /** The graph with a loss that other programs know, after which it does not learn any more. */
  ComputationGraph exported() {
    output().setLossFn(OutputLayers.loss(task));
    return graph;
  }

  private BaseOutputLayer output() {
    return (BaseOutputLayer) graph.getLayer(Network.OUTPUT).conf().getLayer();
  }

  @Override
  public void close() {
    graph.close();
  }
}
