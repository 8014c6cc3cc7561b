package org.millrace.risk.features;

import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * A column of rows as Spark itself holds them: its numbers can be had without an object for each.
 * It is made in the task that uses it.
 */
public final class InternalColumn {
  private enum Numbers {
    FLOAT,
    DOUBLE,
    INT,
    LONG,
    SHORT,
    BYTE,
    NONE;

    static Numbers of(DataType type) {
      return type instanceof FloatType
          ? FLOAT
          : type instanceof DoubleType
              ? DOUBLE
              : type instanceof IntegerType
                  ? INT
                  : type instanceof LongType
                      ? LONG
                      : type instanceof ShortType ? SHORT : type instanceof ByteType ? BYTE : NONE;
    }
  }

  private final int place;
  private final DataType type;
  private final Numbers numbers;
  private final Function1<Object, Object> external;

  /**
   * @param schema of the rows
   * @param name of a column that it has
   */
  public InternalColumn(StructType schema, String name) {
    this(schema, schema.fieldIndex(name));
  }

  /**
   * @param schema of the rows
   * @param place of the column in it
   */
  public InternalColumn(StructType schema, int place) {
    this.place = place;
    this.type = schema.fields()[place].dataType();
    this.numbers = Numbers.of(type);
    this.external = CatalystTypeConverters.createToScalaConverter(type);
  }

  /** Whether its values are numbers of the machine, for {@link #number}. */
  public boolean hasNumbers() {
    return numbers != Numbers.NONE;
  }

  /** A row's number; NaN where there is none. */
  public double number(InternalRow row) {
    if (row.isNullAt(place)) {
      return Double.NaN;
    }
    return switch (numbers) {
      case FLOAT -> row.getFloat(place);
      case DOUBLE -> row.getDouble(place);
      case INT -> row.getInt(place);
      case LONG -> row.getLong(place);
      case SHORT -> row.getShort(place);
      case BYTE -> row.getByte(place);
      case NONE -> throw new IllegalStateException(type + " is no number of the machine");
    };
  }

  /** A row's value as Spark gives it to others; null where there is none. */
  public Object value(InternalRow row) {
    Object value = internal(row);
    return value == null ? null : external.apply(value);
  }

  /** A row's value as it is there; null where there is none. */
  public Object internal(InternalRow row) {
    return row.isNullAt(place) ? null : row.get(place, type);
  }
}
