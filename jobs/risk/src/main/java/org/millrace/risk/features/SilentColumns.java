package org.millrace.risk.features;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.millrace.table.InternalRows;

/**
 * Looks for columns that tell no rows apart. A partition is read no further than to the row at
 * which all columns have shown that they do: few rows, unless a column is silent.
 */
final class SilentColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private final ColumnKind[] kinds;

  /** By column: its first value; null before there is one. */
  private final Object[] first;

  private final boolean[] missing;
  private final boolean[] varied;

  private SilentColumns(ColumnKind[] kinds) {
    this.kinds = kinds;
    this.first = new Object[kinds.length];
    this.missing = new boolean[kinds.length];
    this.varied = new boolean[kinds.length];
  }

  /** Columns with the same value in all rows, or with none; with the reason. */
  static Map<String, String> of(Dataset<Row> rows, List<FeatureColumn> columns) {
    ColumnKind[] kinds = columns.stream().map(FeatureColumn::kind).toArray(ColumnKind[]::new);
    String[] names = columns.stream().map(FeatureColumn::name).toArray(String[]::new);
    StructType schema = rows.schema();
    SilentColumns all =
        InternalRows.passing(rows)
            .mapPartitions(
                part -> List.of(new SilentColumns(kinds).look(part, schema, names)).iterator())
            .treeAggregate(new SilentColumns(kinds), SilentColumns::merge, SilentColumns::merge);
    Map<String, String> silent = new LinkedHashMap<>();
    for (int c = 0; c < kinds.length; c++) {
      if (all.first[c] == null) {
        silent.put(columns.get(c).name(), "has no value in any training row");
      } else if (!all.varied[c]) {
        silent.put(columns.get(c).name(), "is %s in all training rows".formatted(all.first[c]));
      }
    }
    return silent;
  }

  private SilentColumns look(Iterator<InternalRow> rows, StructType schema, String[] names) {
    InternalColumn[] columns =
        Arrays.stream(names)
            .map(name -> new InternalColumn(schema, name))
            .toArray(InternalColumn[]::new);
    int silent = kinds.length;
    while (silent > 0 && rows.hasNext()) {
      InternalRow row = rows.next();
      for (int c = 0; c < kinds.length; c++) {
        if (!varied[c]) {
          add(c, value(kinds[c], columns[c].value(row)));
          silent -= varied[c] ? 1 : 0;
        }
      }
    }
    return this;
  }

  /** As {@link NumberEncoder} sees it: NaN and infinities are missing, and -0 is 0. */
  private static Object value(ColumnKind kind, Object value) {
    if (kind != ColumnKind.NUMERIC || value == null) {
      return value;
    }
    double number = ((Number) value).doubleValue();
    return Double.isFinite(number) ? (Object) (number + 0.0) : null;
  }

  private void add(int column, Object value) {
    if (value == null) {
      missing[column] = true;
    } else if (first[column] == null) {
      first[column] = value;
    } else {
      varied[column] |= !first[column].equals(value);
    }
    varied[column] |= missing[column] && first[column] != null;
  }

  private SilentColumns merge(SilentColumns other) {
    for (int c = 0; c < kinds.length; c++) {
      if (other.missing[c]) {
        add(c, null);
      }
      if (other.first[c] != null) {
        add(c, other.first[c]);
      }
      varied[c] |= other.varied[c];
    }
    return this;
  }
}
