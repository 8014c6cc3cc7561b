package org.millrace.risk.drift;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.features.FeatureColumn;

/** How several columns are distributed: one pass over the rows, in bounded memory. */
public final class Sketches implements Serializable {
  private static final long serialVersionUID = 1L;
  private final ArrayList<ColumnSketch> columns = new ArrayList<>();

  private Sketches(List<FeatureColumn> columns, Function<String, Collection<String>> own) {
    for (FeatureColumn column : columns) {
      this.columns.add(
          Values.areNumbers(column.kind())
              ? new NumberSketch(column.name(), column.kind())
              : new LevelSketch(column.name(), column.kind(), own.apply(column.name())));
    }
  }

  /**
   * Goes over rows.
   *
   * @param schema of the rows
   * @param own levels of a column that the model has a feature of
   */
  public static List<Distribution> of(
      JavaRDD<Row> rows,
      StructType schema,
      List<FeatureColumn> columns,
      Function<String, Collection<String>> own) {
    int[] places = columns.stream().mapToInt(c -> schema.fieldIndex(c.name())).toArray();
    return rows
        .treeAggregate(
            new Sketches(columns, own),
            (sketches, row) -> sketches.add(row, places),
            Sketches::merge)
        .columns
        .stream()
        .map(ColumnSketch::distribution)
        .toList();
  }

  private Sketches add(Row row, int[] places) {
    for (int c = 0; c < places.length; c++) {
      columns.get(c).add(row.get(places[c]));
    }
    return this;
  }

  private Sketches merge(Sketches other) {
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).merge(other.columns.get(c));
    }
    return this;
  }
}
