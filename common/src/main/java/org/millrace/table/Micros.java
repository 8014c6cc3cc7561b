package org.millrace.table;

import java.time.Instant;

/**
 * Moments as Spark stores them. {@code ChronoUnit.MICROS.between} counts nanoseconds on its way,
 * which ends in the years 1677 and 2262; tables hold 0001-01-01 and 9999-12-31 too.
 */
public final class Micros {
  private static final long A_SECOND = 1_000_000L;

  private Micros() {}

  /**
   * Microseconds since 1970.
   *
   * @throws ArithmeticException more than 292,000 years from 1970
   */
  public static long of(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), A_SECOND), moment.getNano() / 1000);
  }
}
