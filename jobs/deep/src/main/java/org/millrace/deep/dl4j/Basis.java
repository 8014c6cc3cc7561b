package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.outcome.Stop;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** What all layers of a network have in common. */
final class Basis {
  private Basis() {}

  /**
   * Gradients are sums over the rows of a batch: who applies them divides. So they are not clipped
   * here either.
   */
  static NeuralNetConfiguration.Builder of(Optimization optimization, long seed) {
    if (optimization.precision() != Precision.FLOAT) {
      // Measured on one thread: a CNN 9 times slower than in 32 bits, an LSTM 50 times; bfloat16
      // fails.
      throw Stop.usage(
          "precision is half: DL4J's CPU kernels are 9 to 50 times slower in 16 bits than in 32, and"
              + " gradients are summed in 32; accepted: float");
    }
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .miniBatch(false)
            .weightInit(initialization(optimization.weightInit()))
            .updater(updater(optimization))
            .cacheMode(CacheMode.DEVICE) // Or convolutions are computed again for their gradients.
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED);
    if (optimization.l2() > 0) {
      base.l2(optimization.l2());
    }
    if (optimization.updater() instanceof Updater.AdamW adam && adam.decay() > 0) {
      base.weightDecay(adam.decay(), true);
    }
    return base;
  }

  static IUpdater updater(Optimization optimization) {
    double rate = optimization.learningRate().start();
    if (optimization.updater() instanceof Updater.Nesterov nesterov) {
      return new Nesterovs(rate, nesterov.momentum());
    } else if (optimization.updater() instanceof Updater.Adam adam) {
      return new Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon());
    } else if (optimization.updater() instanceof Updater.AdamW adam) {
      return new Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon());
    } else if (optimization.updater() instanceof Updater.RmsProp rmsProp) {
      return new RmsProp(rate, rmsProp.decay(), rmsProp.epsilon());
    }
    return new Sgd(rate);
  }

  private static org.deeplearning4j.nn.weights.WeightInit initialization(WeightInit init) {
    return switch (init) {
      case XAVIER -> org.deeplearning4j.nn.weights.WeightInit.XAVIER;
      case XAVIER_UNIFORM -> org.deeplearning4j.nn.weights.WeightInit.XAVIER_UNIFORM;
      case HE -> org.deeplearning4j.nn.weights.WeightInit.RELU;
      case HE_UNIFORM -> org.deeplearning4j.nn.weights.WeightInit.RELU_UNIFORM;
      case LECUN -> org.deeplearning4j.nn.weights.WeightInit.LECUN_NORMAL;
    };
  }
}
