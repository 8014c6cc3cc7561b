package org.millrace.recommend;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Recommended items, readable until closed. */
public final class Lists implements AutoCloseable {
  private final Dataset<Row> rows;
  private final Runnable release;

  /**
   * @param release frees what the rows are computed from
   */
  public Lists(Dataset<Row> rows, Runnable release) {
    this.rows = rows;
    this.release = release;
  }

  /**
   * Columns user, item (string), rank (int, from 1), score (double), and whatever else the maker
   * adds: at most k rows a user, fewer where fewer items remain. Each reading computes them anew.
   */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Frees what the executors hold for them; the rows can no longer be read. */
  @Override
  public void close() {
    release.run();
  }
}
