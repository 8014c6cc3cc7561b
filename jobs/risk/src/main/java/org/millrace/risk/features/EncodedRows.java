package org.millrace.risk.features;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.millrace.eval.ColumnNames;
import org.millrace.table.InternalRows;

/** Encodes tables, without an object for each of their values. */
public final class EncodedRows {
  @SuppressWarnings("unchecked") // What it is the type of.
  private static final UserDefinedType<Vector> VECTORS =
      (UserDefinedType<Vector>) SQLDataTypes.VectorType();

  private EncodedRows() {}

  /**
   * Rows with their features as a dense vector first, and some of their columns beside it.
   *
   * @param name of the vector's column
   * @param byFold encoders for the rows of a fold where they are other ones; the column {@code
   *     fold} is an int
   * @param beside columns that are taken along
   */
  public static Dataset<Row> of(
      Dataset<Row> rows,
      String name,
      RowEncoder usual,
      Map<Integer, RowEncoder> byFold,
      String fold,
      List<String> beside) {
    Stream<String> folds = byFold.isEmpty() ? Stream.of() : Stream.of(fold);
    Set<String> needed =
        Stream.of(usual.columns().stream(), folds, beside.stream())
            .flatMap(names -> names)
            .collect(Collectors.toSet());
    // In the table's own order: a scan that only leaves columns out stays a plain one.
    Column[] read =
        Arrays.stream(rows.columns())
            .filter(needed::contains)
            .map(column -> ColumnNames.column(rows, column))
            .toArray(Column[]::new);
    Dataset<Row> selected = rows.select(read);
    StructType schema = selected.schema();
    StructType encoded = new StructType().add(name, VECTORS, false);
    for (String column : beside) {
      encoded = encoded.add(schema.apply(column));
    }
    Map<Integer, RowEncoder> encoders = new HashMap<>(byFold);
    return InternalRows.table(
        rows.sparkSession(),
        InternalRows.passing(selected)
            .mapPartitions(part -> new Encoding(part, usual, encoders, fold, beside, schema)),
        encoded);
  }

  private static final class Encoding implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final InternalEncoder usual;
    private final Map<Integer, InternalEncoder> byFold = new HashMap<>();
    private final int fold;
    private final InternalColumn[] beside;
    private final float[] encoded;

    Encoding(
        Iterator<InternalRow> rows,
        RowEncoder usual,
        Map<Integer, RowEncoder> byFold,
        String fold,
        List<String> beside,
        StructType schema) {
      this.rows = rows;
      this.usual = new InternalEncoder(usual, schema);
      byFold.forEach((of, encoder) -> this.byFold.put(of, new InternalEncoder(encoder, schema)));
      this.fold = byFold.isEmpty() ? -1 : schema.fieldIndex(fold);
      this.beside =
          beside.stream()
              .map(name -> new InternalColumn(schema, name))
              .toArray(InternalColumn[]::new);
      this.encoded = new float[this.usual.size()];
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      (fold < 0 ? usual : byFold.getOrDefault(row.getInt(fold), usual)).encode(row, encoded);
      double[] vector = new double[encoded.length];
      for (int f = 0; f < vector.length; f++) {
        vector[f] = encoded[f];
      }
      Object[] values = new Object[1 + beside.length];
      values[0] = VECTORS.serialize(Vectors.dense(vector));
      for (int b = 0; b < beside.length; b++) {
        values[1 + b] = beside[b].internal(row);
      }
      return new GenericInternalRow(values);
    }
  }
}
