package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
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
    TIMESTAMP("timestamp", "a timestamp", DataTypes.TimestampType),
    ARRAY("array", "an array", DataTypes.createArrayType(DataTypes.DoubleType));

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

    /** Whether a contract may ask for that Spark type. */
    boolean mayBeHeldBy(DataType spark) {
      boolean number = this == INTEGER || this == NUMBER;
      boolean withoutZone = this == TIMESTAMP && spark instanceof TimestampNTZType;
      boolean bytes = this == STRING && spark instanceof BinaryType;
      if (this == ARRAY) {
        return isArray(spark);
      }
      return number ? READABLE.get(this).test(spark) : withoutZone || bytes || spark.equals(usual);
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
                      || t instanceof DateType,
          Logical.ARRAY, FieldType::isArray);

  /** Of numbers, of texts, or of arrays. */
  private static boolean isArray(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType() instanceof NumericType
            || array.elementType() instanceof StringType
            || isArray(array.elementType()));
  }

  /** Whether the innermost elements are texts. */
  private static boolean isOfTexts(DataType type) {
    return type instanceof ArrayType array
        ? isOfTexts(array.elementType())
        : type instanceof StringType;
  }

  private static int depth(DataType type) {
    return type instanceof ArrayType array ? 1 + depth(array.elementType()) : 0;
  }

  /** Whether a stored column of that type can be read as this one. */
  boolean canRead(DataType stored, Optional<TimeFormat> format) {
    if (format.isPresent() && isTemporal()) {
      return format.get().reads(stored);
    }
    if (isBinary() || stored instanceof BinaryType) {
      return spark.equals(stored);
    }
    if (logical == Logical.ARRAY
        && (depth(stored) != depth(spark) || isOfTexts(stored) != isOfTexts(spark))) {
      return false;
    }
    return READABLE.get(logical).test(stored);
  }

  /** What is accepted, to follow "must be". */
  String accepted(Optional<TimeFormat> format) {
    if (isBinary()) {
      return "bytes, in texts as base64";
    }
    if (logical == Logical.ARRAY) {
      return "an array of %s that fits into %s, in texts as JSON"
          .formatted(isOfTexts(spark) ? "texts" : "numbers", spark.sql());
    }
    String range =
        spark instanceof ByteType
            ? " from -128 to 127"
            : spark instanceof ShortType
                ? " from -32768 to 32767"
                : spark instanceof IntegerType
                    ? " from -2147483648 to 2147483647"
                    : spark instanceof LongType
                        ? " from -9223372036854775808 to 9223372036854775807"
                        : spark instanceof DecimalType ? " that fits into " + spark.sql() : "";
    return logical.article() + range + format.map(f -> " written as " + f.text()).orElse("");
  }

  boolean isFloating() {
    return spark instanceof DoubleType || spark instanceof FloatType;
  }

  boolean isBinary() {
    return spark instanceof BinaryType;
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
    if (storedType instanceof StringType && isBinary()) {
      return expr("try_to_binary(%s, 'base64')".formatted(quoted));
    }
    if (storedType instanceof StringType && spark instanceof ArrayType array) {
      return JsonArrays.read(col(quoted), array);
    }
    String cast = "try_cast(%s as %s)".formatted(quoted, spark.sql());
    String condition = storedType instanceof StringType ? plain(quoted) : "true";
    return expr(
        condition.equals("true") ? cast : "case when " + condition + " then " + cast + " end");
  }

  /**
   * Refuses texts that Spark's cast takes for what they are not: Java's suffixes of numbers ("12d",
   * "12f"), a time without a day (today's, whenever that is), a year alone, what stands behind a
   * date.
   */
  private String plain(String quoted) {
    String text = "trim(" + quoted + ")";
    if (isFloating()) {
      return "lower(right(" + text + ", 1)) not in ('d', 'f')";
    }
    String dayBegins = "substring(" + text + ", 5, 1) = '-'";
    return switch (logical) {
      case DATE -> dayBegins + " and length(" + text + ") <= 10";
      case TIMESTAMP -> dayBegins;
      default -> "true";
    };
  }
}
