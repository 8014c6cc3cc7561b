package org.millrace.risk.learn;

/** Which way what is told may go when a column grows and all else stays. */
public enum Monotone {
  /** Never down. */
  INCREASING(1),
  /** Never up. */
  DECREASING(-1);

  private final int sign;

  Monotone(int sign) {
    this.sign = sign;
  }

  int sign() {
    return sign;
  }
}
