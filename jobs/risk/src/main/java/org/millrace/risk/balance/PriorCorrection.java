package org.millrace.risk.balance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.millrace.risk.model.Adjustment;

/**
 * Probabilities for the shares of classes as they are, made of those for the shares that were
 * learnt from. (Saerens, Latinne and Decaestecker 2002, equation 2.4; for two classes Elkan 2001,
 * theorem 2.)
 */
public final class PriorCorrection implements Adjustment {
  private static final long serialVersionUID = 1L;
  private final double[] ratios;

  /**
   * @param ratios of each class: its share as it is to the one that was learnt from, times any
   *     constant
   */
  @JsonCreator
  public PriorCorrection(@JsonProperty("ratios") double[] ratios) {
    this.ratios = ratios.clone();
  }

  @Override
  public void adjust(double[] probabilities) {
    if (probabilities.length == 1) {
      double with = probabilities[0] * ratios[1];
      double without = (1 - probabilities[0]) * ratios[0];
      probabilities[0] = with / (with + without);
      return;
    }
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] *= ratios[c];
      sum += probabilities[c];
    }
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] /= sum;
    }
  }

  @JsonProperty("ratios")
  public double[] ratios() {
    return ratios.clone();
  }
}
