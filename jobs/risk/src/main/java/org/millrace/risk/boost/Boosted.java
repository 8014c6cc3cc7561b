package org.millrace.risk.boost;

import java.io.Serializable;

/** What was boosted. A class, since Spark's Kryo does not know records. */
public final class Boosted implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] model;
  private final int rounds;
  private final double measured;

  Boosted(byte[] model, int rounds, double measured) {
    this.model = model;
    this.rounds = rounds;
    this.measured = measured;
  }

  /** In XGBoost's own JSON. */
  public byte[] model() {
    return model.clone();
  }

  /** Rounds that are worth while: later ones did not help on the validation rows. */
  public int rounds() {
    return rounds;
  }

  /** The error on the validation rows after these rounds; NaN without validation rows. */
  public double measured() {
    return measured;
  }
}
