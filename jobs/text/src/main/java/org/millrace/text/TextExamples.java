package org.millrace.text;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.eval.ColumnNames;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.text.classify.Examples;

/**
 * Rows of a table that a classifier of texts can learn from.
 *
 * @param rows text, class and fold, and the table's key
 * @param classes in the order of their names
 */
record TextExamples(Dataset<Row> rows, List<String> classes, List<String> keys) {
  private static final int MOST_CLASSES = 1000;

  /**
   * Refuses the rows of which nothing is learnt.
   *
   * @throws Stop exit 3 where there are not two classes
   */
  static TextExamples of(Run run, CheckedTable table, TextTrainConfig c) {
    Column rule = c.checks().rule(c.text());
    Column label = ColumnNames.column(c.label());
    Dataset<Row> rows = table.rows();
    c.checks()
        .accepted()
        .forEach(
            (name, accepted) ->
                refuse(run, table, rows.filter(rule.equalTo(name)), name, accepted, c));
    Dataset<Row> readable = rows.filter(rule.isNull());
    // An empty text is no class: it would be one of a row or two that nothing can be learnt of.
    Column present = coalesce(length(trim(label.cast("string"))).gt(0), lit(false));
    refuse(run, table, readable.filter(not(present)), "label.present", "labelled", c);
    Dataset<Row> labelled = readable.filter(present);
    List<Row> counted =
        labelled
            .select(label.cast("string").as("class"))
            .groupBy("class")
            .count()
            .orderBy("class")
            .limit(MOST_CLASSES + 1)
            .collectAsList();
    if (counted.size() < 2 || counted.size() > MOST_CLASSES) {
      throw Stop.contract(
          "text.train: column %s has %s classes; accepted: 2 to %d",
          c.label(),
          counted.size() > MOST_CLASSES ? "more than " + MOST_CLASSES : counted.size(),
          MOST_CLASSES);
    }
    List<String> classes = counted.stream().map(r -> r.getString(0)).toList();
    List<String> keys = table.contract().keys().stream().findFirst().orElse(List.of(c.text()));
    return new TextExamples(numbered(labelled, classes, keys, c), classes, keys);
  }

  private static void refuse(
      Run run,
      CheckedTable table,
      Dataset<Row> rows,
      String rule,
      String accepted,
      TextTrainConfig c) {
    run.refuse(
        table,
        rows.withColumn(c.text(), org.millrace.language.Refused.shown(c.text())),
        rule,
        accepted);
  }

  private static Dataset<Row> numbered(
      Dataset<Row> labelled, List<String> classes, List<String> keys, TextTrainConfig c) {
    Map<String, Double> numbers = new HashMap<>();
    for (String name : classes) {
      numbers.put(name, (double) numbers.size());
    }
    UDF1<String, Double> number = numbers::get;
    Column[] hashed =
        Stream.concat(
                Stream.of(lit(c.seed()), lit("fold")),
                keys.stream().map(k -> ColumnNames.column(k)))
            .toArray(Column[]::new);
    List<Column> columns = new ArrayList<>();
    keys.stream().filter(k -> !k.equals(c.text())).forEach(k -> columns.add(ColumnNames.column(k)));
    columns.add(ColumnNames.column(c.text()).as(Examples.TEXT));
    columns.add(
        udf(number, DataTypes.DoubleType)
            .apply(ColumnNames.column(c.label()).cast("string"))
            .as(Examples.LABEL));
    columns.add(pmod(xxhash64(hashed), lit(c.folds())).cast("int").as(Examples.FOLD));
    return labelled.select(columns.toArray(Column[]::new));
  }

  /** Rows to learn from and rows to measure on. */
  Split split(TextTrainConfig c) {
    List<String> names = keys.stream().map(k -> k.equals(c.text()) ? Examples.TEXT : k).toList();
    return c.holdout().split(rows, Roles.of(names));
  }
}
