package org.millrace.deep.net;

/** How weights are drawn at the start. */
public enum WeightInit {
  /** Normal, variance 2 / (inputs + outputs) (Glorot and Bengio, 2010). */
  XAVIER,
  /** Uniform, of the same variance. */
  XAVIER_UNIFORM,
  /** Normal, variance 2 / inputs (He et al., 2015). */
  HE,
  /** Uniform, of the same variance. */
  HE_UNIFORM,
  /** Normal, variance 1 / inputs (LeCun et al., 1998). */
  LECUN
}
