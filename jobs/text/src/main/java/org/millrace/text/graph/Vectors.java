package org.millrace.text.graph;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tables of vectors as runs of floats. */
public final class Vectors {
  private Vectors() {}

  /**
   * Brings vectors to the driver.
   *
   * @param rows id, from 0 without gaps, and vector
   */
  public static float[] collect(Dataset<Row> rows, int width) {
    float[] values = new float[Math.toIntExact(Math.multiplyExact(rows.count(), (long) width))];
    Iterator<Row> each = rows.toLocalIterator();
    while (each.hasNext()) {
      Row row = each.next();
      List<Float> vector = row.getList(1);
      for (int i = 0; i < width; i++) {
        values[row.getInt(0) * width + i] = vector.get(i);
      }
    }
    return values;
  }
}
