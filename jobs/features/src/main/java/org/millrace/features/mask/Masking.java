package org.millrace.features.mask;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;

/** What becomes of the values of a column. Nulls stay nulls. */
public sealed interface Masking {
  /** What a redacted text says. */
  String REDACTED = "REDACTED";

  /**
   * The masked column, or empty where the column is left out.
   *
   * @param key of pseudonyms
   * @throws IllegalArgumentException for a column of a type that this cannot mask: what is accepted
   */
  Optional<Column> mask(String column, DataType type, PseudonymKey key);

  /** As it is: for columns of which somebody has decided that they may be seen. */
  record Keep() implements Masking {
    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      return Optional.of(ColumnNames.column(column));
    }
  }

  /** The column is not published. */
  record Drop() implements Masking {
    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      return Optional.empty();
    }
  }

  /** Texts become {@value Masking#REDACTED}, all else null. */
  record Redact() implements Masking {
    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      Column there = ColumnNames.column(column).isNotNull();
      return Optional.of(
          type instanceof StringType
              ? when(there, REDACTED).cast(DataTypes.StringType)
              : lit(null).cast(type));
    }
  }

  /**
   * A keyed hash (HMAC-SHA-256) of the value as text, as hexadecimal digits.
   *
   * @param domain pseudonyms of one value are equal within a domain, in all tables that are masked
   *     with the same key, and cannot be joined across domains; absent for the column's name
   * @param digits 4 bits each
   */
  record Pseudonymise(Optional<String> domain, int digits) implements Masking {
    public Pseudonymise {
      Check.that(digits >= 16 && digits <= 64, "digits", digits, "16..64");
    }

    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      if (type instanceof org.apache.spark.sql.types.DoubleType
          || type instanceof org.apache.spark.sql.types.FloatType
          || !(type instanceof StringType || type instanceof NumericType)) {
        throw new IllegalArgumentException("a string or an integer column");
      }
      Pseudonyms pseudonyms = new Pseudonyms(key, domain.orElse(column), digits);
      return Optional.of(
          udf(pseudonyms, DataTypes.StringType)
              .apply(ColumnNames.column(column).cast(DataTypes.StringType)));
    }
  }

  /**
   * Numbers become the lower bound of their bin.
   *
   * @param width of a bin
   */
  record Bin(double width) implements Masking {
    private static final String EXACT = "decimal(38,0)";

    public Bin {
      Check.that(width > 0 && Double.isFinite(width), "width", width, "a number above 0");
    }

    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      if (!(type instanceof NumericType)) {
        throw new IllegalArgumentException("a number or an integer column");
      }
      Column value = ColumnNames.column(column);
      return Optional.of(
          type instanceof IntegralType integral && width == Math.rint(width) && width < 1e18
              ? whole(value, integral)
              : real(value.cast("double")).cast(type));
    }

    /** In decimals, which hold every whole number; the lowest bin begins at the type's least. */
    private Column whole(Column value, IntegralType type) {
      Column exact = value.cast(EXACT);
      Column begin = exact.minus(pmod(exact, lit(new BigDecimal(width)).cast(EXACT)));
      BigDecimal least =
          BigDecimal.valueOf(
              type instanceof LongType ? Long.MIN_VALUE : -(1L << (8 * type.defaultSize() - 1)));
      return when(value.isNotNull(), greatest(begin, lit(least).cast(EXACT))).cast(type);
    }

    /** A number of so many bins that floats cannot tell them apart begins its own. */
    private Column real(Column value) {
      Column bins = value.divide(width);
      return when(abs(bins).lt(0x1p53), floor(bins).multiply(width)).otherwise(value);
    }
  }

  /** Dates and times become the beginning of their period. */
  record Truncate(Unit to) implements Masking {
    /** Calendar periods. */
    public enum Unit {
      HOUR,
      DAY,
      WEEK,
      MONTH,
      QUARTER,
      YEAR
    }

    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      if (!(type instanceof DateType || type instanceof TimestampType)) {
        throw new IllegalArgumentException("a date or a timestamp column");
      }
      return Optional.of(
          date_trunc(to.name().toLowerCase(Locale.ROOT), ColumnNames.column(column)).cast(type));
    }
  }

  /**
   * Texts become their first characters, such as the area of a postal code.
   *
   * @param characters that are left
   */
  record Prefix(int characters) implements Masking {
    public Prefix {
      Check.that(characters >= 1 && characters <= 1000, "characters", characters, "1..1000");
    }

    @Override
    public Optional<Column> mask(String column, DataType type, PseudonymKey key) {
      if (!(type instanceof StringType)) {
        throw new IllegalArgumentException("a string column");
      }
      return Optional.of(substring(ColumnNames.column(column), 1, characters));
    }
  }
}
