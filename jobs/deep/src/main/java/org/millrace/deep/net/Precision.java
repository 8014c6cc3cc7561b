package org.millrace.deep.net;

/** The numbers that a network calculates with. */
public enum Precision {
  /** 32 bits. */
  FLOAT,
  /** 16 bits, 10 of them of the fraction. */
  HALF
}
