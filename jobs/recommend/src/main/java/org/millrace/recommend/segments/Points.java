package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.stddev_pop;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;

/**
 * Users as points: each column less its mean, over its standard deviation, so that units do not
 * matter.
 *
 * @param columns whose values are shown in profiles
 */
record Points(Dataset<Row> rows, List<String> columns) {

  /**
   * @param users columns user and those named, numbers without nulls
   * @param log of which log(1 + x) is compared instead
   * @return rows with user, the columns as doubles, and features (vector)
   */
  static Points of(Dataset<Row> users, List<String> columns, List<String> log) {
    List<Column> sums = new ArrayList<>();
    for (String column : columns) {
      sums.add(avg(compared(column, log)));
      sums.add(stddev_pop(compared(column, log)));
    }
    Row moments =
        users.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).first();
    List<Column> features = new ArrayList<>();
    List<Column> kept = new ArrayList<>(List.of(col("user")));
    for (int i = 0; i < columns.size(); i++) {
      double mean = moments.getDouble(2 * i);
      double deviation = moments.getDouble(2 * i + 1);
      features.add(
          deviation > 0 ? compared(columns.get(i), log).minus(mean).divide(deviation) : lit(0.0));
      kept.add(ColumnNames.column(columns.get(i)).cast("double").as(columns.get(i)));
    }
    kept.add(functions.array_to_vector(array(features.toArray(Column[]::new))).as("features"));
    return new Points(users.select(kept.toArray(Column[]::new)), columns);
  }

  private static Column compared(String column, List<String> log) {
    Column value = ColumnNames.column(column).cast("double");
    return log.contains(column) ? log1p(value) : value;
  }
}
