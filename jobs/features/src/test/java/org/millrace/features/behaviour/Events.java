package org.millrace.features.behaviour;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.testing.LocalSpark;

/** Events to test with. */
final class Events {
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("micros", DataTypes.LongType)
          .add("event", DataTypes.StringType)
          .add("item", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("day", DataTypes.DateType)
          .add("hour", DataTypes.IntegerType)
          .add("future", DataTypes.BooleanType);

  private Events() {}

  /**
   * An event in UTC.
   *
   * @param second since 2026-01-01
   */
  static Row event(String user, long second, String event, Double value) {
    LocalDate day = LocalDate.of(2026, 1, 1).plusDays(Math.floorDiv(second, 86_400L));
    long micros = (LocalDate.of(2026, 1, 1).toEpochDay() * 86_400 + second) * 1_000_000;
    return RowFactory.create(
        user,
        micros,
        event,
        null,
        value,
        java.sql.Date.valueOf(day),
        (int) Math.floorMod(second, 86_400L) / 3600,
        false);
  }

  static Dataset<Row> of(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }
}
