package org.millrace.risk.model;

/** What a model says of a row. */
public enum Task {
  /** The probability of the positive one of two classes. */
  BINARY,
  /** A probability for each of several classes. */
  MULTICLASS,
  /** A number. */
  REGRESSION,
  /** How much a row stands out, learnt without labels. */
  ANOMALY
}
