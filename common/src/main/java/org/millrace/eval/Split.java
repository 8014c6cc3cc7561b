package org.millrace.eval;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every row of a table on exactly one side, with the columns of that table.
 *
 * @param train rows to learn from
 * @param test rows held out, never shown to the learner
 */
public record Split(Dataset<Row> train, Dataset<Row> test) {}
