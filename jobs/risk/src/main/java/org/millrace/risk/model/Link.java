package org.millrace.risk.model;

/** How raw scores become what a model says: its inverse link function. */
public enum Link {
  /** The raw score is the number itself, or already a probability. */
  IDENTITY {
    @Override
    public void apply(double[] raw, double[] said) {
      System.arraycopy(raw, 0, said, 0, raw.length);
    }

    @Override
    public double raw(double said) {
      return said;
    }
  },
  /** Two to the power of the score: of an isolation forest the anomaly score, above 0 to 1. */
  POWER_OF_TWO {
    @Override
    public void apply(double[] raw, double[] said) {
      for (int i = 0; i < raw.length; i++) {
        said[i] = Math.pow(2, raw[i]);
      }
    }

    @Override
    public double raw(double said) {
      return Math.log(said) / Math.log(2);
    }
  },
  /** One log-odds becomes the probability of the positive class. */
  LOGISTIC {
    @Override
    public void apply(double[] raw, double[] said) {
      said[0] = 1 / (1 + Math.exp(-raw[0]));
    }

    @Override
    public double raw(double said) {
      double logOdds = Math.log(said) - Math.log1p(-said);
      return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, logOdds));
    }
  },
  /** Log-odds of each class become probabilities that add up to 1. */
  SOFTMAX {
    @Override
    public void apply(double[] raw, double[] said) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (double score : raw) {
        greatest = Math.max(greatest, score);
      }
      double sum = 0;
      for (int i = 0; i < raw.length; i++) {
        said[i] = Math.exp(raw[i] - greatest);
        sum += said[i];
      }
      for (int i = 0; i < raw.length; i++) {
        said[i] /= sum;
      }
    }

    @Override
    public double raw(double said) {
      throw new UnsupportedOperationException("one of several probabilities tells no raw score");
    }
  };

  /** Log-odds that are told beyond are this: where doubles near 1 end. */
  private static final double MOST_LOG_ODDS = 36;

  /**
   * What is said of a row.
   *
   * @param raw scores of a predictor
   * @param said filled; as long as {@code raw}, and may be the same array
   */
  public abstract void apply(double[] raw, double[] said);

  /** The raw score of which a single number was said. */
  public abstract double raw(double said);
}
