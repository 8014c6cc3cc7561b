package org.millrace.risk;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.explain.ColumnReasons;
import org.millrace.risk.explain.Explainer;
import org.millrace.risk.features.InternalColumn;

/**
 * What moved the scores of rows most.
 *
 * @param top columns that are told of a row
 * @param table the schema of the rows
 * @param expected of each output
 */
@SuppressWarnings("ArrayRecordComponent") // Sent to tasks and never compared.
record RowReasons(
    Explainer explainer, ColumnReasons columns, int top, StructType table, double[] expected)
    implements Serializable {

  static RowReasons of(Explainer explainer, RiskModel model, int top, StructType table) {
    ColumnReasons columns = new ColumnReasons(model.encoder().features());
    double[] expected = new double[model.predictor().outputs()];
    for (int o = 0; o < expected.length; o++) {
      expected[o] = explainer.expected(o);
    }
    return new RowReasons(explainer, columns, top, table, expected);
  }

  /** The columns as a task reads them, in the order of {@link #columns}. */
  InternalColumn[] read() {
    return columns.columns().stream()
        .map(column -> new InternalColumn(table, column))
        .toArray(InternalColumn[]::new);
  }

  /** The contributions of a row's features, told of its columns. */
  record Told(double base, String[] columns, String[] values, double[] contributions) {}

  /**
   * Explains rows.
   *
   * @param read what {@link #read} gave this task
   * @param encoded the same rows
   * @param outputs by row: which of its raw scores is explained
   */
  List<Told> of(List<InternalRow> rows, InternalColumn[] read, float[][] encoded, int[] outputs) {
    double[][] contributions = new double[rows.size()][encoded[0].length];
    for (int o = 0; o < expected.length; o++) {
      float[][] asked = new float[rows.size()][];
      double[][] filled = new double[rows.size()][];
      int count = 0;
      for (int r = 0; r < rows.size(); r++) {
        if (outputs[r] == o) {
          asked[count] = encoded[r];
          filled[count++] = contributions[r];
        }
      }
      if (count > 0) {
        explainer.explain(asked, count, o, filled);
      }
    }
    List<Told> told = new ArrayList<>(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      told.add(told(rows.get(r), read, contributions[r], expected[outputs[r]]));
    }
    return told;
  }

  private Told told(InternalRow row, InternalColumn[] read, double[] ofFeatures, double base) {
    double[] sums = columns.sums(ofFeatures);
    List<Integer> best = columns.top(sums, top);
    String[] names = new String[best.size()];
    String[] values = new String[best.size()];
    double[] contributions = new double[best.size()];
    for (int i = 0; i < names.length; i++) {
      int column = best.get(i);
      Object value = read[column].value(row);
      names[i] = columns.columns().get(column);
      values[i] = value == null ? null : value.toString();
      contributions[i] = sums[column];
    }
    return new Told(base, names, values, contributions);
  }
}
