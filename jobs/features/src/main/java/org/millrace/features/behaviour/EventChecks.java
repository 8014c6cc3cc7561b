package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.config.Check;
import org.millrace.table.TimeFormat;

/**
 * What is asked of events beyond their contract.
 *
 * @param future what becomes of events behind the end of the run's date
 * @param duplicates what becomes of events that are equal in all that is told of them
 * @param zone the time zone whose days count, where an event does not name its own
 */
public record EventChecks(Future future, Duplicates duplicates, String zone) {
  public static final String RULE = "_rule";
  public static final String REASON = "_reason";

  /** What becomes of events behind the end of the run's date. */
  public enum Future {
    REJECT,
    /** They count like others, and how many a user has is told. */
    FLAG
  }

  /** What becomes of equal events. */
  public enum Duplicates {
    /** One is taken, the others are rejected. */
    REJECT,
    /** Each is an event of its own. */
    KEEP
  }

  /** The rules that events may break, with what is accepted, to follow "must be". */
  public static final Map<String, String> RULES =
      new TreeMap<>(
          Map.of(
              EventSource.GARBAGE,
              "a line of the common or combined log format",
              "zone.unknown",
              "of a time zone that java.time knows, such as Europe/Berlin",
              "time.future",
              "not after the end of the run's date",
              "event.duplicate",
              "the only one of its user, time, event, item and value"));

  public EventChecks {
    Check.that(TimeFormat.isZone(zone), "zone", zone, "a time zone such as UTC or Europe/Berlin");
  }

  /** Events with the first rule that each breaks in {@value #RULE}, null for a good one. */
  public Dataset<Row> judged(Dataset<Row> events, LocalDate date) {
    Column known = udf(known(), DataTypes.BooleanType).apply(col("zone"));
    Column zoneRule = when(col("zone").isNotNull().and(not(known)), "zone.unknown");
    Column rule = coalesce(col(RULE), zoneRule);
    if (future == Future.REJECT) {
      rule = coalesce(rule, when(isFuture(date), "time.future"));
    }
    Dataset<Row> judged = events.withColumn(RULE, rule);
    return duplicates == Duplicates.KEEP ? judged : withoutDuplicates(judged);
  }

  private static Dataset<Row> withoutDuplicates(Dataset<Row> events) {
    List<Column> same = new ArrayList<>();
    for (String column : events.columns()) {
      same.add(col(column));
    }
    Column number =
        row_number().over(Window.partitionBy(same.toArray(Column[]::new)).orderBy("at"));
    Column[] columns = same.toArray(Column[]::new);
    return events
        .select(col("*"), number.as("_number"))
        .withColumn(RULE, coalesce(col(RULE), when(col("_number").gt(1), "event.duplicate")))
        .select(columns);
  }

  /**
   * Good events as the rest of the family takes them: user, micros (since 1970 UTC), event, item,
   * value, day (date) and hour (0 to 23) where the event happened, future (boolean).
   */
  public Dataset<Row> accepted(Dataset<Row> judged, LocalDate date) {
    return judged
        .filter(col(RULE).isNull())
        .select(
            col("user"),
            unix_micros(col("at")).as("micros"),
            col("event"),
            col("item"),
            col("value"),
            to_date(local()).as("day"),
            hour(local()).as("hour"),
            isFuture(date).as("future"));
  }

  /** Date and time of day where the event happened. */
  private Column local() {
    return expr(
        "convert_timezone(current_timezone(), coalesce(zone, '%s'), cast(at as timestamp_ntz))"
            .formatted(zone));
  }

  /** Whether its day, where it happened, comes after the date: what days count by. */
  private Column isFuture(LocalDate date) {
    return to_date(local()).gt(lit(Date.valueOf(date)));
  }

  private static UDF1<String, Boolean> known() {
    return TimeFormat::isZone;
  }

  /** A sentence on each row that breaks a rule, from its values. */
  public static Column reason() {
    return coalesce(
        col(REASON),
        when(col(RULE).equalTo("zone.unknown"), concat(lit("the time zone is "), col("zone")))
            .when(
                col(RULE).equalTo("time.future"),
                concat(
                    lit("the time is "),
                    col("at").cast("string"),
                    coalesce(concat(lit(" UTC, in the zone "), col("zone")), lit(" UTC"))))
            .when(
                col(RULE).equalTo("event.duplicate"),
                concat(
                    lit("an equal event of user "),
                    col("user"),
                    lit(" at "),
                    col("at").cast("string"),
                    lit(" is there already"))));
  }
}
