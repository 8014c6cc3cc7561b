package org.millrace.eval;

/** A measured quality that knows which direction is better. */
public record Metric(String name, double value, boolean higherIsBetter) {

  public static Metric higherIsBetter(String name, double value) {
    return new Metric(name, value, true);
  }

  public static Metric lowerIsBetter(String name, double value) {
    return new Metric(name, value, false);
  }

  /**
   * How much better this value is than the other one: positive is better, whatever the direction.
   */
  public double gainOver(double other) {
    return higherIsBetter ? value - other : other - value;
  }

  /** NaN is as good as nothing. */
  public boolean isAtLeastAsGoodAs(double bound) {
    return gainOver(bound) >= 0;
  }
}
