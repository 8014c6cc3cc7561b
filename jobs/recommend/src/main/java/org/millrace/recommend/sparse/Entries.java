package org.millrace.recommend.sparse;

import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Arrays of a row as primitives. */
public final class Entries {
  private static final int[] NO_INTS = {};

  private Entries() {}

  public static int[] ints(Row row, int column) {
    if (row.isNullAt(column)) {
      return NO_INTS;
    }
    Seq<Integer> values = row.getSeq(column);
    int[] array = new int[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.apply(i);
    }
    return array;
  }

  public static float[] floats(Row row, int column) {
    Seq<Float> values = row.getSeq(column);
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.apply(i);
    }
    return array;
  }
}
