package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** How a source writes its dates and times, where it does not write them as ISO 8601. */
public sealed interface TimeFormat {

  /**
   * Accepts {@code epoch-seconds}, {@code epoch-millis} or a pattern of java.time.
   *
   * @throws IllegalArgumentException for anything else, and for a pattern that does not tell a day
   */
  static TimeFormat of(String text) {
    return switch (text) {
      case "epoch-seconds" -> new Epoch(text, 1);
      case "epoch-millis" -> new Epoch(text, 1000);
      default -> new Pattern(text);
    };
  }

  /** Whether java.time knows a zone of the name. */
  static boolean isZone(String name) {
    try {
      ZoneId.of(name);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** As the configuration writes it. */
  String text();

  boolean reads(DataType stored);

  /** A timestamp, or null where the stored value is not one. */
  Column parse(String quotedColumn, DataType stored);

  /** Time since 1970-01-01 UTC, in numbers or in text that holds numbers. */
  record Epoch(String text, int unitsPerSecond) implements TimeFormat {
    @Override
    public boolean reads(DataType stored) {
      return stored instanceof NumericType || stored instanceof StringType;
    }

    @Override
    public Column parse(String quotedColumn, DataType stored) {
      // 253402300799 is 9999-12-31T23:59:59Z, the last second that a timestamp prints with four
      // digits.
      String seconds =
          "try_divide(try_cast(" + quotedColumn + " as decimal(20, 3)), " + unitsPerSecond + ")";
      return expr(
          "case when abs("
              + seconds
              + ") <= 253402300799 then timestamp_millis(cast("
              + seconds
              + " * 1000 as bigint)) end");
    }
  }

  /**
   * A pattern as in java.time, such as {@code dd/MM/yyyy HH:mm}, in the zone of
   * spark.sql.session.timeZone.
   */
  record Pattern(String text) implements TimeFormat {
    public Pattern {
      new PatternParser(text, "UTC").requireDay();
    }

    @Override
    public boolean reads(DataType stored) {
      return stored instanceof StringType;
    }

    @Override
    public Column parse(String quotedColumn, DataType stored) {
      String zone = SparkSession.active().conf().get("spark.sql.session.timeZone");
      return timestamp_micros(
          udf(new PatternParser(text, zone), DataTypes.LongType).apply(col(quotedColumn)));
    }
  }
}
