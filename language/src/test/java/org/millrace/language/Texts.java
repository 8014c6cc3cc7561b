package org.millrace.language;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.testing.LocalSpark;

/** Small tables of texts. */
final class Texts {
  static final Analysis PLAIN = new Analysis.English(false, false);

  private Texts() {}

  static Dataset<Row> of(String... texts) {
    List<Row> rows = Arrays.stream(texts).map(t -> RowFactory.create(t)).toList();
    return LocalSpark.session()
        .createDataFrame(rows, new StructType().add("text", DataTypes.StringType));
  }

  static double cosine(double[] a, double[] b) {
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      ofA += a[i] * a[i];
      ofB += b[i] * b[i];
    }
    return dot / Math.sqrt(ofA * ofB);
  }
}
