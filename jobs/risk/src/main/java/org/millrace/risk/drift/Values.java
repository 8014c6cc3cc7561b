package org.millrace.risk.drift;

import java.time.Instant;
import java.time.ZoneOffset;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.Moments;

/** Values of columns as they are put into bins. */
final class Values {
  private static final double NANOS = 1e9;

  private Values() {}

  /** Whether values are put into ranges; else each is a level. */
  static boolean areNumbers(ColumnKind kind) {
    return switch (kind) {
      case NUMERIC, TIME, TEXT -> true;
      case BOOLEAN, CATEGORICAL -> false;
    };
  }

  /**
   * A number itself, a moment as seconds since 1970 in UTC, a text as its length in characters.
   *
   * @return NaN where it is missing, as NaN and infinities are
   */
  static double number(ColumnKind kind, Object value) {
    if (value == null) {
      return Double.NaN;
    }
    return switch (kind) {
      case NUMERIC -> finite(((Number) value).doubleValue());
      case TIME -> {
        Instant moment = Moments.of(value).toInstant(ZoneOffset.UTC);
        yield moment.getEpochSecond() + moment.getNano() / NANOS;
      }
      case TEXT -> {
        String text = String.valueOf(value);
        yield text.codePointCount(0, text.length());
      }
      case BOOLEAN, CATEGORICAL -> throw new IllegalArgumentException(kind + " has levels");
    };
  }

  /** NaN for infinities too. */
  static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
