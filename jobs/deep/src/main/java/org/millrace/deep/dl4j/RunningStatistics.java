package org.millrace.deep.dl4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the running means and variances of batch-norm lie among the parameters. What DL4J writes
 * there as a gradient is no sum over rows but a change of the running value by that of the batch,
 * however many rows it has: to be averaged over ranks like the others it is multiplied by the
 * batch's weight.
 */
final class RunningStatistics {
  private final List<Interval> intervals = new ArrayList<>();

  private record Interval(int from, int to) {}

  RunningStatistics(ComputationGraph graph) {
    long offset = 0;
    for (int index : graph.topologicalSortOrder()) {
      Trainable vertex = graph.getVertices()[index];
      if (vertex.numParams() == 0) {
        continue;
      }
      for (Map.Entry<String, INDArray> parameter : vertex.paramTable(false).entrySet()) {
        long end = offset + parameter.getValue().length();
        if (!vertex.updaterDivideByMinibatch(parameter.getKey())) {
          intervals.add(new Interval(Math.toIntExact(offset), Math.toIntExact(end)));
        }
        offset = end;
      }
    }
  }

  void multiply(FloatBuffer gradients, float by) {
    for (Interval interval : intervals) {
      for (int i = interval.from(); i < interval.to(); i++) {
        gradients.put(i, gradients.get(i) * by);
      }
    }
  }

  /** Leaves zeros, and gives what was there for {@link #putBack}. */
  float[] takeOut(FloatBuffer gradients) {
    float[] taken = new float[intervals.stream().mapToInt(i -> i.to() - i.from()).sum()];
    int next = 0;
    for (Interval interval : intervals) {
      for (int i = interval.from(); i < interval.to(); i++) {
        taken[next++] = gradients.get(i);
        gradients.put(i, 0);
      }
    }
    return taken;
  }

  void putBack(FloatBuffer gradients, float[] taken) {
    int next = 0;
    for (Interval interval : intervals) {
      for (int i = interval.from(); i < interval.to(); i++) {
        gradients.put(i, taken[next++]);
      }
    }
  }
}
