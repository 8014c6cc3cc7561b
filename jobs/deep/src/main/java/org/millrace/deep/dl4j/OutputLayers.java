package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.millrace.deep.net.Task;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The layer that says what a task asks. */
public final class OutputLayers {
  private OutputLayers() {}

  public static OutputLayer of(Task task) {
    return new OutputLayer.Builder(loss(task))
        .nOut(task.outputs())
        .activation(task instanceof Task.Classes ? Activation.SOFTMAX : Activation.IDENTITY)
        .build();
  }

  static ILossFunction loss(Task task) {
    if (task instanceof Task.Numbers numbers) {
      return numbers.loss() == Task.Loss.MSE ? new LossMSE() : new LossMAE();
    }
    return new LossMCXENT();
  }
}
