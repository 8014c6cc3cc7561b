package org.millrace.language;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A task's rows with a column behind, a chunk at a time: no partition is held. */
final class WiderRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final int place;
  private final int chunk;
  private final Function<List<String>, ? extends List<?>> work;
  private Iterator<Row> ready = List.<Row>of().iterator();

  /**
   * @param place of the text in the rows
   * @param work makes the new column's values of texts
   */
  WiderRows(
      Iterator<Row> rows, int place, int chunk, Function<List<String>, ? extends List<?>> work) {
    this.rows = rows;
    this.place = place;
    this.chunk = chunk;
    this.work = work;
  }

  static StructType schema(Dataset<Row> rows, String column, DataType type) {
    List<StructField> fields = new ArrayList<>(List.of(rows.schema().fields()));
    fields.add(DataTypes.createStructField(column, type, false));
    return DataTypes.createStructType(fields);
  }

  @Override
  public boolean hasNext() {
    if (!ready.hasNext() && rows.hasNext()) {
      fill();
    }
    return ready.hasNext();
  }

  private void fill() {
    List<Row> taken = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    while (taken.size() < chunk && rows.hasNext()) {
      Row row = rows.next();
      taken.add(row);
      texts.add(row.getString(place));
    }
    List<?> made = work.apply(texts);
    List<Row> wider = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      Row row = taken.get(i);
      Object[] values = new Object[row.length() + 1];
      for (int v = 0; v < row.length(); v++) {
        values[v] = row.get(v);
      }
      values[row.length()] = made.get(i);
      wider.add(RowFactory.create(values));
    }
    ready = wider.iterator();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }
}
