package org.millrace.recommend.factor;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** Factor vectors as Spark columns of type array of float. */
final class Vectors {

  static final ArrayType TYPE = DataTypes.createArrayType(DataTypes.FloatType, false);

  private Vectors() {}

  static float[] read(Row row, int column) {
    return read(row.<Float>getSeq(column));
  }

  static float[] read(Seq<Float> values) {
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.apply(i);
    }
    return vector;
  }

  /**
   * The product of two vectors of one length that lie somewhere in arrays. Products of floats are
   * exact in double, and the order of the additions is fixed: the result is the same on every
   * machine.
   */
  static double dot(float[] a, int fromA, float[] b, int fromB, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[fromA + i] * b[fromB + i];
    }
    return sum;
  }
}
