package org.millrace.deep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.eval.Split;

/** Examples that are windows of time series. */
final class Windowed {
  /** The column of a window with the time of the last step that the network sees. */
  static final String TIME = "time";

  private Windowed() {}

  /** The columns of a table that windows are cut of. */
  static List<String> columns(SeriesWindows windows) {
    List<String> columns = new ArrayList<>();
    windows.key().ifPresent(columns::add);
    columns.add(windows.time());
    columns.add(windows.value());
    columns.addAll(windows.known());
    return columns;
  }

  /** The columns by which windows are told apart. */
  static List<String> keys(SeriesWindows windows) {
    return Stream.concat(windows.key().stream(), Stream.of(TIME)).toList();
  }

  /**
   * Takes those windows off the training rows whose future reaches beyond the newest of them: what
   * comes there is what the others are measured by.
   */
  static Split withoutOverlap(Split split, SeriesWindows windows) {
    Timestamp newest = split.train().agg(max(col(TIME))).first().getTimestamp(0);
    if (newest == null) {
      return split;
    }
    Timestamp last =
        Timestamp.from(newest.toInstant().minus(windows.step().multipliedBy(windows.horizon())));
    Dataset<Row> train = split.train().filter(col(TIME).leq(last));
    return new Split(train, split.test());
  }
}
