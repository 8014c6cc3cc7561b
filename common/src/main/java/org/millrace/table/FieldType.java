package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A contract's logical type and the Spark type that carries it.
 *
 * @param spark the type of the column in the rows that jobs see and in what they publish
 */
public record FieldType(Logical logical, DataType spark) {

  /** The logical types of the standard that tables here may use. */
  public enum Logical {
    STRING("string", "a string", DataTypes.StringType),
    INTEGER("integer", "a whole number", DataTypes.LongType),
    NUMBER("number", "a number", DataTypes.DoubleType),
    BOOLEAN("boolean", "true or false", DataTypes.BooleanType),
    DATE("date", "a date", DataTypes.DateType),
    TIMESTAMP("timestamp", "a timestamp", DataTypes.TimestampType);

    private final String id;
    private final String article;

    // Spark's data types are immutable, but not annotated so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final DataType usual;

    Logical(String id, String article, DataType usual) {
      this.id = id;
      this.article = article;
      this.usual = usual;
    }

    /** As the standard writes it. */
    public String id() {
      return id;
    }

    /** As a sentence says it: "a whole number". */
    public String article() {
      return article;
    }

    DataType usual() {
      return usual;
    }

    static Optional<Logical> of(String id) {
      return List.of(values()).stream().filter(l -> l.id.equals(id)).findFirst();
    }
  }

  private static final Predicate<DataType> INTEGRAL =
      t ->
          t instanceof ByteType
              || t instanceof ShortType
              || t instanceof IntegerType
              || t instanceof LongType
              || (t instanceof DecimalType d && d.scale() == 0);

  /** Which stored types become which logical type without losing anything. */
  private static final Map<Logical, Predicate<DataType>> READABLE =
      Map.of(
          Logical.STRING, INTEGRAL.or(t -> t instanceof StringType || t instanceof BooleanType),
          Logical.INTEGER, INTEGRAL,
          Logical.NUMBER, t -> t instanceof NumericType,
          Logical.BOOLEAN, t -> t instanceof BooleanType,
          Logical.DATE, t -> t instanceof DateType,
          Logical.TIMESTAMP,
              t ->
                  t instanceof TimestampType
                      || t instanceof TimestampNTZType
                      || t instanceof DateType);

  /** Whether a stored column of that type can be read as this one. */
  boolean canRead(DataType stored, Optional<TimeFormat> format) {
    if (format.isPresent() && isTemporal()) {
      return format.get().reads(stored);
    }
    return READABLE.get(logical).test(stored);
  }

  boolean isTemporal() {
    return logical == Logical.DATE || logical == Logical.TIMESTAMP;
  }

  /**
   * The stored column as this type: null where the stored value is not one (a number out of the
   * type's range, a text that is no number).
   *
   * @param stored the stored column's name, not yet quoted
   */
  Column read(String stored, DataType storedType, Optional<TimeFormat> format) {
    String quoted = "`" + stored.replace("`", "``") + "`";
    if (isTemporal() && format.isPresent()) {
      return format.get().parse(quoted, storedType).cast(spark);
    }
    if (storedType.equals(spark)) {
      return col(quoted);
    }
    if (storedType instanceof StringType && spark instanceof BooleanType) {
      return expr("try_cast(trim(%s) as boolean)".formatted(quoted));
    }
    return expr("try_cast(%s as %s)".formatted(quoted, spark.sql()));
  }
}
