package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;
import org.millrace.table.Micros;
import org.millrace.table.TableRef;

/** Where events come from. */
public sealed interface EventSource {
  /** The event of a row that does not name one, and of a request that no pattern matches. */
  String OTHER = "other";

  /** The rule that a row breaks of which no event can be made. */
  String GARBAGE = "line.garbage";

  TableRef table();

  /** The columns that the table's contract must have. */
  List<String> needs();

  /**
   * Events, not yet judged: user (string), at (timestamp), event (string), item (string or null),
   * value (double or null), zone (string or null), {@value EventChecks#RULE} and {@value
   * EventChecks#REASON} (null, or what is wrong with the row), and what else a reject should show.
   *
   * @param rows of the table, with the columns of its contract
   */
  Dataset<Row> events(Dataset<Row> rows);

  /** A table with a row for each event. */
  record Table(TableRef table) implements EventSource {
    @Override
    public List<String> needs() {
      return List.of("user", "timestamp");
    }

    @Override
    public Dataset<Row> events(Dataset<Row> rows) {
      return rows.select(
          col("user"),
          col("timestamp").cast(DataTypes.TimestampType).as("at"),
          coalesce(optional(rows, "event", "string"), lit(OTHER)).as("event"),
          optional(rows, "item", "string").as("item"),
          optional(rows, "value", "double").as("value"),
          optional(rows, "zone", "string").as("zone"),
          lit(null).cast("string").as(EventChecks.RULE),
          lit(null).cast("string").as(EventChecks.REASON));
    }

    private static Column optional(Dataset<Row> rows, String column, String type) {
      boolean there = List.of(rows.columns()).contains(column);
      return (there ? col(column) : lit(null)).cast(type);
    }
  }

  /** Who a request is taken to come from. */
  enum Visitor {
    HOST,
    /**
     * Several people may share an address: the browser tells some of them apart. The address alone
     * where no browser is named.
     */
    HOST_AND_AGENT,
    /** Requests without an authenticated user are garbage then. */
    AUTHENTICATED
  }

  /**
   * Lines of a web server, in the common or the combined log format.
   *
   * @param table a table with the column {@code line}
   * @param events event to a regular expression that the path of its requests matches somewhere;
   *     the first by name counts, a request that matches none is {@value EventSource#OTHER}
   */
  record AccessLog(TableRef table, Visitor visitor, Map<String, String> events)
      implements EventSource {
    private static final StructType PARSED =
        new StructType()
            .add("user", DataTypes.StringType)
            .add("micros", DataTypes.LongType)
            .add("event", DataTypes.StringType)
            .add("item", DataTypes.StringType)
            .add("reason", DataTypes.StringType);

    public AccessLog {
      events.forEach(
          (event, pattern) ->
              Check.that(
                  compiles(pattern), "events", event + " = " + pattern, "regular expressions"));
      events = Map.copyOf(events);
    }

    private static boolean compiles(String pattern) {
      try {
        Pattern.compile(pattern);
        return true;
      } catch (PatternSyntaxException e) {
        return false;
      }
    }

    @Override
    public List<String> needs() {
      return List.of("line");
    }

    @Override
    public Dataset<Row> events(Dataset<Row> rows) {
      LinkedHashMap<String, Pattern> patterns = new LinkedHashMap<>();
      events.keySet().stream()
          .sorted()
          .forEach(event -> patterns.put(event, Pattern.compile(events.get(event))));
      Visitor who = visitor;
      UDF1<String, Row> parse = line -> parsed(line, who, patterns);
      Column garbage = col("p.reason").isNotNull();
      return rows.select(col("line"), udf(parse, PARSED).apply(col("line")).as("p"))
          .select(
              col("p.user").as("user"),
              timestamp_micros(col("p.micros")).as("at"),
              col("p.event").as("event"),
              col("p.item").as("item"),
              lit(null).cast("double").as("value"),
              lit(null).cast("string").as("zone"),
              when(garbage, GARBAGE).as(EventChecks.RULE),
              col("p.reason").as(EventChecks.REASON),
              col("line"));
    }

    private static Row parsed(String line, Visitor visitor, Map<String, Pattern> patterns) {
      try {
        AccessLogLine request = AccessLogLine.parse(line);
        String user =
            switch (visitor) {
              case HOST -> request.host();
              case HOST_AND_AGENT -> (request.host() + " " + request.agent()).strip();
              case AUTHENTICATED -> request.user();
            };
        if (user.isEmpty()) {
          return refused("the request has no authenticated user");
        }
        String event =
            patterns.entrySet().stream()
                .filter(e -> e.getValue().matcher(request.path()).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHER);
        long micros = Micros.of(request.at());
        return RowFactory.create(user, micros, event, request.path(), null);
      } catch (AccessLogLine.Garbage e) {
        return refused(e.getMessage());
      }
    }

    private static Row refused(String reason) {
      return RowFactory.create(null, null, null, null, reason);
    }
  }
}
