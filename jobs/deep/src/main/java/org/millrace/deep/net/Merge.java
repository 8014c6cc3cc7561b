package org.millrace.deep.net;

/** How the outputs of the two directions of a recurrent layer become one. */
public enum Merge {
  CONCATENATE,
  ADD,
  AVERAGE,
  MULTIPLY
}
