package org.millrace.deep.net;

/** What a layer makes of its sums, number by number. */
public enum Activation {
  IDENTITY,
  RELU,
  LEAKY_RELU,
  ELU,
  SIGMOID,
  TANH
}
