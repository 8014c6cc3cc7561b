package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A contract applied to stored columns: how each contract column is read, and one condition for
 * each rule that a row can break.
 */
final class RowCheck {
  /** The rule that a line breaks which could not be split into fields. */
  static final String MALFORMED = "row.malformed";

  /** The column of rows that a job itself refuses, with a sentence on each. */
  static final String REASON = "_reason";

  /**
   * A rule as a rejected row's record names it.
   *
   * @param rule such as {@code rating.maximum}
   * @param column the stored column whose value a reason shows; empty for the whole row
   * @param accepted what would have been accepted, to follow "must be"
   */
  record BrokenRule(String rule, String column, String accepted) implements Serializable {}

  private final List<Column> typed = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<BrokenRule> rules = new ArrayList<>();
  private final List<Column> violations = new ArrayList<>();

  /**
   * Applies a contract to a source.
   *
   * @param storedNames contract column to stored column; optional contract columns that the source
   *     lacks are absent
   * @param malformed broken where its column holds something: a line which could not be split into
   *     fields
   */
  RowCheck(
      Contract contract,
      StructType stored,
      Map<String, String> storedNames,
      Map<String, TimeFormat> formats,
      Optional<BrokenRule> malformed) {
    malformed.ifPresent(rule -> add(rule, col(quote(rule.column())).isNotNull()));
    for (Contract.Field field : contract.fields()) {
      String name = storedNames.get(field.name());
      if (name == null) {
        typed.add(lit(null).cast(field.type().spark()));
      } else {
        Optional<TimeFormat> format = Optional.ofNullable(formats.get(field.name()));
        check(field, name, stored, format);
      }
      names.add(field.name());
    }
  }

  private void check(
      Contract.Field field, String storedName, StructType stored, Optional<TimeFormat> format) {
    var storedType = stored.apply(storedName).dataType();
    Column raw = col(quote(storedName));
    Column value = field.type().read(storedName, storedType, format);
    typed.add(value);
    if (field.required()) {
      add(new BrokenRule(field.name() + ".required", storedName, "there"), raw.isNull());
    }
    boolean mayFail = !storedType.equals(field.type().spark()) && !isWidening(field, storedType);
    if (mayFail) {
      add(
          new BrokenRule(field.name() + ".type", storedName, field.type().accepted(format)),
          raw.isNotNull().and(value.isNull()));
    }
    for (Rule rule : field.rules()) {
      add(
          new BrokenRule(field.name() + "." + rule.name(), storedName, rule.accepted()),
          not(rule.holds(value)));
    }
  }

  private static boolean isWidening(
      Contract.Field field, org.apache.spark.sql.types.DataType storedType) {
    return field.type().logical() == FieldType.Logical.STRING
        && !(storedType instanceof StringType);
  }

  private void add(BrokenRule rule, Column violated) {
    rules.add(rule);
    violations.add(violated);
  }

  /** Each contract column, read from the stored ones, under its contract name. */
  List<Column> typedColumns() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      columns.add(typed.get(i).as(names.get(i)));
    }
    return columns;
  }

  List<BrokenRule> rules() {
    return rules;
  }

  /** For each of {@link #rules()}, true where a row breaks it; null is not. */
  List<Column> violations() {
    return violations;
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
