package org.millrace.table;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FloatType;
import scala.collection.JavaConverters;

/** What a contract asks of a value that is there. */
public sealed interface Rule {

  /** As the standard names it: {@code minimum}, {@code pattern}, {@code validValues}. */
  String name();

  /** True for a value that keeps the rule, false for one that does not, null for no value. */
  Column holds(Column value);

  /** What is accepted, to follow "must be". */
  String accepted();

  /**
   * A lower or an upper bound.
   *
   * @param name {@code minimum}, {@code exclusiveMinimum}, {@code maximum} or {@code
   *     exclusiveMaximum}
   * @param limit of the column's own type
   * @param shown the limit as the contract writes it
   */
  record Bound(String name, Object limit, String shown) implements Rule {
    @Override
    public Column holds(Column value) {
      return switch (name) {
        case "minimum" -> value.geq(lit(limit));
        case "exclusiveMinimum" -> value.gt(lit(limit));
        case "maximum" -> value.leq(lit(limit));
        default -> value.lt(lit(limit));
      };
    }

    @Override
    public String accepted() {
      return switch (name) {
            case "minimum" -> "at least ";
            case "exclusiveMinimum" -> "more than ";
            case "maximum" -> "at most ";
            default -> "less than ";
          }
          + shown;
    }
  }

  /**
   * A number that is a whole multiple of another one. Of binary fractions it is asked that they be
   * the multiple's nearest neighbours: 0.3 is a multiple of 0.1, although 3 x 0.1 is not 0.3 there.
   */
  record MultipleOf(BigDecimal step, FieldType type) implements Rule {
    private static final double NEAR_DOUBLE = 4 * Math.ulp(1.0);
    private static final double NEAR_FLOAT = 4 * Math.ulp(1.0f);

    @Override
    public String name() {
      return "multipleOf";
    }

    @Override
    public Column holds(Column value) {
      if (!type.isFloating()) {
        return value.mod(lit(step)).equalTo(lit(0));
      }
      double near = type.spark() instanceof FloatType ? NEAR_FLOAT : NEAR_DOUBLE;
      Column times = value.cast(DataTypes.DoubleType).divide(lit(step.doubleValue()));
      return abs(times.minus(rint(times))).leq(abs(times).multiply(lit(near)));
    }

    @Override
    public String accepted() {
      return "a multiple of " + step.toPlainString();
    }
  }

  /** A number of characters, at least or at most. */
  record Length(String name, int limit) implements Rule {
    @Override
    public Column holds(Column value) {
      return name.equals("minLength") ? length(value).geq(limit) : length(value).leq(limit);
    }

    @Override
    public String accepted() {
      return (name.equals("minLength") ? "at least " : "at most ") + limit + " characters long";
    }
  }

  /** A regular expression that occurs in the value; anchors are the contract's own. */
  record Pattern(String regex) implements Rule {
    @Override
    public String name() {
      return "pattern";
    }

    @Override
    public Column holds(Column value) {
      return value.rlike(regex);
    }

    @Override
    public String accepted() {
      return "like the pattern " + regex;
    }
  }

  /** A closed list; the values are of the column's own type. */
  record ValidValues(List<Object> values) implements Rule {
    public ValidValues {
      values = List.copyOf(values);
    }

    @Override
    public String name() {
      return "validValues";
    }

    @Override
    public Column holds(Column value) {
      if (!values.stream().allMatch(String.class::isInstance)) {
        return value.isin(values.toArray());
      }
      return new Column(new OneOf(value.expr(), values.stream().map(v -> (String) v).toList()));
    }

    @Override
    public String accepted() {
      return "one of " + values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
  }

  /**
   * A string without bytes of another encoding. Every string column has this rule, unless its
   * contract or the job takes such strings.
   */
  record Undamaged() implements Rule {
    @Override
    public String name() {
      return "readable";
    }

    @Override
    public Column holds(Column value) {
      return new Column(
          new StaticInvoke(
              ReadableText.class,
              DataTypes.BooleanType,
              "is",
              JavaConverters.asScalaBuffer(List.of(value.expr())),
              JavaConverters.asScalaBuffer(List.of()),
              true,
              true,
              true));
    }

    @Override
    public String accepted() {
      return "in the encoding of its table (UTF-8, or csv.encoding) unless its contract says damaged:"
          + " keep; it has bytes that are not, shown as U+FFFD";
    }
  }

  /** A number that is neither NaN nor infinite. Every number column has this rule. */
  record Finite() implements Rule {
    @Override
    public String name() {
      return "finite";
    }

    @Override
    public Column holds(Column value) {
      return not(value.isNaN())
          .and(value.notEqual(lit(Double.POSITIVE_INFINITY)))
          .and(value.notEqual(lit(Double.NEGATIVE_INFINITY)));
    }

    @Override
    public String accepted() {
      return "a finite number";
    }
  }
}
