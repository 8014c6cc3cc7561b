package org.millrace.table;

import static org.apache.spark.sql.functions.expr;

import java.time.format.DateTimeFormatterBuilder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** How a source writes its dates and times, where it does not write them as ISO 8601. */
public sealed interface TimeFormat {

  /** Accepts {@code epoch-seconds}, {@code epoch-millis} or a pattern of java.time. */
  static TimeFormat of(String text) {
    return switch (text) {
      case "epoch-seconds" -> new Epoch(1);
      case "epoch-millis" -> new Epoch(1000);
      default -> new Pattern(text);
    };
  }

  boolean reads(DataType stored);

  /** A timestamp, or null where the stored value is not one. */
  Column parse(String quotedColumn, DataType stored);

  /** Time since 1970-01-01 UTC, in numbers or in text that holds numbers. */
  record Epoch(int unitsPerSecond) implements TimeFormat {
    @Override
    public boolean reads(DataType stored) {
      return stored instanceof NumericType || stored instanceof StringType;
    }

    @Override
    public Column parse(String quotedColumn, DataType stored) {
      // 253402300799 is 9999-12-31T23:59:59Z, the last second that a timestamp prints with four
      // digits.
      String seconds =
          "try_divide(try_cast(%s as decimal(20, 3)), %d)".formatted(quotedColumn, unitsPerSecond);
      return expr(
          "case when abs(%1$s) <= 253402300799 then timestamp_millis(cast(%1$s * 1000 as bigint)) end"
              .formatted(seconds));
    }
  }

  /** A pattern as in Spark's datetime patterns, such as {@code dd/MM/yyyy HH:mm}. */
  record Pattern(String pattern) implements TimeFormat {
    public Pattern {
      try {
        new DateTimeFormatterBuilder().appendPattern(pattern);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a time format is epoch-seconds, epoch-millis or a pattern such as dd/MM/yyyy HH:mm, was '%s'"
                .formatted(pattern),
            e);
      }
    }

    @Override
    public boolean reads(DataType stored) {
      return stored instanceof StringType;
    }

    @Override
    public Column parse(String quotedColumn, DataType stored) {
      return expr(
          "try_to_timestamp(%s, '%s')".formatted(quotedColumn, pattern.replace("'", "\\'")));
    }
  }
}
