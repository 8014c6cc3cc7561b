package org.millrace.forecast;

import java.util.Locale;

/** Numbers as reports show them. */
final class Shown {
  private Shown() {}

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10 ? "%.2f" : "%.4f", value);
  }
}
