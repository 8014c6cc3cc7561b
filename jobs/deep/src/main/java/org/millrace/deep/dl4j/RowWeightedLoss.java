package org.millrace.deep.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;

/**
 * A loss of DL4J with a weight for each row. DL4J's own way, a mask of the labels, is right for
 * zeros and ones only: it multiplies what goes into the softmax as well.
 *
 * <p>It stands in a graph while it trains and is never written.
 */
final class RowWeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;

  RowWeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /**
   * Of the next batch.
   *
   * @param weights rows x 1; null where each row counts 1
   */
  void weights(INDArray weights) {
    this.weights = weights;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    if (weights == null) {
      return loss.computeScore(labels, preOutput, activation, mask, average);
    }
    return computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray rows = loss.computeScoreArray(labels, preOutput, activation, mask);
    if (loss instanceof LossMAE) {
      rows.divi(labels.size(1)); // Which DL4J forgets here, but not in the gradient.
    }
    return weights == null ? rows : rows.muli(weights);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray gradient = loss.computeGradient(labels, preOutput, activation, mask);
    return weights == null ? gradient : gradient.muliColumnVector(weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return "row-weighted " + loss.name();
  }
}
