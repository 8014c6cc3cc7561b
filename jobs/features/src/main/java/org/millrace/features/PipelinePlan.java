package org.millrace.features;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;
import org.millrace.features.pipeline.Prepared;
import org.millrace.outcome.Stop;

/**
 * What of a fitted pipeline is not MLlib's: which columns it reads and publishes.
 *
 * @param types of the columns that are read or kept, as Spark names them
 * @param read columns of the table that steps read
 * @param required of those the ones that must not be missing
 */
record PipelinePlan(
    Map<String, String> types,
    List<String> read,
    List<String> required,
    List<String> keep,
    List<String> features) {
  private static final String KEPT = "__kept_";
  private static final String VERSION = "model_version";

  static PipelinePlan of(StructType schema, FitPipelineConfig c) {
    Map<String, String> types = new TreeMap<>();
    List<String> read = Prepared.readOf(schema, c.steps());
    Stream.concat(read.stream(), c.keep().stream())
        .forEach(column -> types.put(column, schema.apply(column).dataType().sql()));
    return new PipelinePlan(
        types, read, Prepared.required(schema, c.steps()), c.keep(), c.features());
  }

  /**
   * The same with other columns kept, which need not have been there when it was fitted.
   *
   * @throws Stop exit 2 where one is called as what is made
   */
  PipelinePlan keeping(List<String> columns) {
    List<String> taken =
        columns.stream().filter(c -> features.contains(c) || c.equals(VERSION)).toList();
    if (!taken.isEmpty()) {
      throw Stop.usage(
          "features.apply: keep names %s, which the pipeline makes itself; leave it out or rename it"
              + " in the contract",
          String.join(", ", taken));
    }
    Map<String, String> needed = new TreeMap<>(types);
    needed.keySet().retainAll(read);
    return new PipelinePlan(needed, read, required, columns, features);
  }

  /** The table as the steps read it, with what is kept aside. */
  Dataset<Row> prepare(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    read.forEach(column -> columns.add(ColumnNames.column(column)));
    keep.forEach(column -> columns.add(ColumnNames.column(column).as(KEPT + column)));
    return Prepared.numbers(rows.select(columns.toArray(Column[]::new)), read);
  }

  /** Rows of prepared ones that lack a number that a step needs. */
  Column incomplete() {
    return required.stream()
        .map(column -> ColumnNames.column(column).isNull())
        .reduce(lit(false), Column::or);
  }

  /** What is kept and what the steps made, vectors as arrays of numbers. */
  Dataset<Row> publish(PipelineModel model, Dataset<Row> prepared, String version) {
    Dataset<Row> made = model.transform(prepared);
    List<Column> columns = new ArrayList<>();
    columns.add(lit(version).as(VERSION));
    keep.forEach(column -> columns.add(ColumnNames.column(KEPT + column).as(column)));
    for (String feature : features) {
      boolean vector = made.schema().apply(feature).dataType() instanceof VectorUDT;
      Column value = ColumnNames.column(feature);
      columns.add((vector ? functions.vector_to_array(value, "float64") : value).as(feature));
    }
    return made.select(columns.toArray(Column[]::new));
  }

  /**
   * Looks whether a table has what the pipeline was fitted on.
   *
   * @throws Stop exit 2 with what differs
   */
  void require(StructType schema, String contract) {
    types.forEach(
        (column, type) -> {
          boolean there = Arrays.asList(schema.fieldNames()).contains(column);
          String found = there ? schema.apply(column).dataType().sql() : "not there";
          if (!found.equals(type)) {
            throw Stop.usage(
                "features.apply: the pipeline was fitted on column %s of type %s, but in contract"
                    + " %s it is %s; give a table whose contract has it so, or fit again",
                column, type, contract, found);
          }
        });
  }
}
