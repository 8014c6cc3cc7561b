package org.millrace.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers, sizes and times read for people: in English, in UTC. */
final class Figures {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int SIGNIFICANT_DIGITS = 4;

  private Figures() {}

  /** With thousands separators. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * Four significant digits; whole numbers and the whole part of large ones are kept as they are.
   * Not a number, or an infinite one, is {@code n/a}.
   */
  static String metric(double value) {
    if (!Double.isFinite(value)) {
      return "n/a";
    }
    BigDecimal rounded =
        BigDecimal.valueOf(value).round(new MathContext(SIGNIFICANT_DIGITS)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (value == Math.rint(value) || exponent >= SIGNIFICANT_DIGITS - 1) {
      return Math.abs(value) < 1e15
          ? String.format(Locale.ROOT, "%,.0f", value + 0.0)
          : String.format(Locale.ROOT, "%.3e", value);
    }
    return exponent < -SIGNIFICANT_DIGITS
        ? String.format(Locale.ROOT, "%.3e", value)
        : rounded.setScale(SIGNIFICANT_DIGITS - 1 - exponent).toPlainString();
  }

  /** A part of a whole in per cent; empty when there is no whole. */
  static String share(long part, long whole) {
    return whole == 0 ? "" : percent((double) part / whole);
  }

  /**
   * Rounding never makes something out of nothing, nor everything out of almost; beyond tenfold it
   * stops counting.
   */
  static String percent(double share) {
    double percent = 100 * share;
    if (percent == 0 || percent == 100) {
      return String.format(Locale.ROOT, "%.0f%%", percent);
    }
    if (percent < 0.01) {
      return "<0.01%";
    }
    if (percent > 99.9 && percent < 100) {
      return ">99.9%";
    }
    if (percent > 1000) {
      return ">1,000%";
    }
    return String.format(Locale.ROOT, percent < 9.995 ? "%.2f%%" : "%.1f%%", percent);
  }

  static String duration(double seconds) {
    if (seconds < 9.95) {
      return seconds == 0
          ? "0 s"
          : seconds < 0.01
              ? "<0.01 s"
              : String.format(Locale.ROOT, seconds < 1 ? "%.2f s" : "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%,d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** In powers of 1,000. */
  static String size(long bytes) {
    double left = bytes;
    for (String unit : new String[] {"B", "kB", "MB", "GB", "TB"}) {
      if (left < 999.5 || unit.equals("TB")) {
        return String.format(
            Locale.ROOT, left < 10 && !unit.equals("B") ? "%.1f %s" : "%,.0f %s", left, unit);
      }
      left /= 1000;
    }
    throw new AssertionError("the last unit holds any size");
  }

  static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String counted(long number, String noun) {
    return count(number) + " " + noun + (number == 1 || noun.endsWith("s") ? "" : "s");
  }
}
