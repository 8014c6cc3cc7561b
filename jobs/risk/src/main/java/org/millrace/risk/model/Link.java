package org.millrace.risk.model;

/** How raw scores become what a model says: its inverse link function. */
public enum Link {
  /** The raw score is the number itself, or already a probability. */
  IDENTITY,
  /** One log-odds becomes the probability of the positive class. */
  LOGISTIC,
  /** Log-odds of each class become probabilities that add up to 1. */
  SOFTMAX
}
