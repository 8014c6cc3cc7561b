package org.millrace.risk.time;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Brings what was learnt of a row back to the unit of its label. */
public final class Undo implements Serializable {
  private static final long serialVersionUID = 1L;
  private final Target target;
  private final int naive;

  /**
   * @param rows the schema of rows with {@link TimeColumns}
   */
  public Undo(TimeOptions options, StructType rows) {
    this.target = options.target();
    this.naive = target == Target.VALUE ? -1 : rows.fieldIndex(options.naiveColumn());
  }

  /**
   * Does it in place.
   *
   * @param said one number; NaN afterwards where the row has no naive forecast to compare with
   */
  public void apply(Row row, double[] said) {
    if (naive >= 0) {
      said[0] = target.told(said[0], row.isNullAt(naive) ? Double.NaN : row.getDouble(naive));
    }
  }

  /** The same for a row as Spark itself holds it. */
  public void apply(InternalRow row, double[] said) {
    if (naive >= 0) {
      said[0] = target.told(said[0], row.isNullAt(naive) ? Double.NaN : row.getDouble(naive));
    }
  }
}
