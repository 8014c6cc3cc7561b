package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.eval.Split;
import org.millrace.job.JobRecorder;
import org.millrace.report.RunReport.FactTable;
import org.millrace.risk.time.TimeColumns;

/**
 * Keeps what is held out of time series from what is learnt from. A training row whose label is
 * only known when the held-out rows have begun is left out: what is learnt from it would be a part
 * of what is to be told (purging; Lopez de Prado, Advances in Financial Machine Learning, 2018,
 * section 7.4.1).
 */
final class SeriesSplit {
  private SeriesSplit() {}

  /**
   * The split without such rows, whose number it tells.
   *
   * @param split by the time of the rows
   * @param time the column with it
   */
  static Split of(JobRecorder report, Split split, String time) {
    Split purged = purged(split, time);
    long before = split.train().count();
    long train = purged.train().count();
    report.table(
        new FactTable(
            "Rows of which a label is known",
            List.of("part", "rows"),
            List.of(
                List.of("learnt from", String.valueOf(train)),
                List.of(
                    "left out, since their labels come with the held-out rows",
                    String.valueOf(before - train)),
                List.of("held out, the newest", String.valueOf(split.test().count())))));
    return purged;
  }

  static Split purged(Split split, String time) {
    Object begin = begin(split, time);
    return begin == null
        ? split
        : new Split(split.train().filter(col(TimeColumns.TARGET_TIME).lt(begin)), split.test());
  }

  /** The held-out rows, and those that are left out of the others for their sake. */
  static Dataset<Row> others(Split split, String time) {
    Object begin = begin(split, time);
    return begin == null
        ? split.test()
        : split.train().filter(col(TimeColumns.TARGET_TIME).geq(begin)).unionByName(split.test());
  }

  /** The first time of the held-out rows; null where there are none. */
  private static Object begin(Split split, String time) {
    return split.test().agg(min(ColumnNames.column(time))).first().get(0);
  }
}
