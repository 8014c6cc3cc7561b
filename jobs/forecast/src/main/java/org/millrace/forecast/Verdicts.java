package org.millrace.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.series.RawSeries;
import org.millrace.forecast.series.Refused;
import org.millrace.forecast.series.Times;
import org.millrace.job.Run;
import org.millrace.table.JudgedRows;

/**
 * Rows and series of which nothing can be made, beside what was made of the others: three columns
 * behind those of the result, null on good rows.
 */
final class Verdicts {
  private static final String RULE = "_rule";
  private static final String REASON = "_reason";
  private static final String ROW = "_row";

  private Verdicts() {}

  /** A schema with the columns of the judgement behind it. */
  static StructType judged(StructType result, StructType keys) {
    return result
        .add(RULE, DataTypes.StringType)
        .add(REASON, DataTypes.StringType)
        .add(ROW, shown(keys));
  }

  /** What the rejects show: of a row its time and value, of a series only its key. */
  private static StructType shown(StructType keys) {
    List<StructField> fields = new ArrayList<>(Arrays.asList(keys.fields()));
    fields.add(DataTypes.createStructField("time", DataTypes.TimestampType, true));
    fields.add(DataTypes.createStructField("value", DataTypes.DoubleType, true));
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** A good row. */
  static Row good(Object... values) {
    return RowFactory.create(Arrays.copyOf(values, values.length + 3));
  }

  /** The rows of a series that are refused while it goes on. */
  static List<Row> rows(RawSeries series, int width) {
    List<Row> refused = new ArrayList<>();
    int keys = series.key().length;
    for (Row row : series.refusedRows()) {
      Object[] shown = Arrays.copyOf(series.key(), keys + 2);
      shown[keys] = Times.timestamp(row.getLong(keys));
      shown[keys + 1] = row.get(keys + 1);
      refused.add(
          refused(
              Refused.Rule.ROW_DUPLICATE,
              "its series has another value at the same time",
              shown,
              width));
    }
    return refused;
  }

  /**
   * A series that is refused.
   *
   * @param width columns of the result
   */
  static Row series(RawSeries series, Refused reason, int width) {
    return refused(
        reason.rule(),
        reason.getMessage(),
        Arrays.copyOf(series.key(), series.key().length + 2),
        width);
  }

  private static Row refused(Refused.Rule rule, String reason, Object[] shown, int width) {
    Object[] values = new Object[width + 3];
    values[width] = rule.id();
    values[width + 1] = reason;
    values[width + 2] = RowFactory.create(shown);
    return RowFactory.create(values);
  }

  static JudgedRows judge(Run run, Dataset<Row> rows) {
    Map<String, String> accepted = new LinkedHashMap<>();
    for (Refused.Rule rule : Refused.Rule.values()) {
      accepted.put(rule.id(), rule.accepted());
    }
    return run.judge("series", rows, new JudgedRows.Verdict(RULE, REASON, ROW), accepted);
  }
}
