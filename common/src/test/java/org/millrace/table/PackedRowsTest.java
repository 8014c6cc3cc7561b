package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class PackedRowsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("value", DataTypes.DoubleType)
          .add("bytes", DataTypes.BinaryType);

  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  /** Rows of many sizes, some of several blocks each, and partitions without any. */
  @Test
  void rowsComeBackInTheirOrderAsOftenAsTheyAreRead() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String text = i % 7 == 0 ? null : "row " + "x".repeat(i % 50 == 3 ? 1_500_000 : 11 * i);
      rows.add(RowFactory.create(text, i % 5 == 0 ? null : (long) i, i / 3.0, new byte[i % 13]));
    }
    Dataset<Row> table = table(rows).coalesce(2);
    try (PackedRows packed = PackedRows.of(InternalRows.of(table), SCHEMA)) {
      List<Row> expected = table.collectAsList();
      for (int time = 0; time < 2; time++) {
        List<Row> read = packed.table(LocalSpark.session()).collectAsList();
        assertThat(read).hasSize(200);
        for (int i = 0; i < read.size(); i++) {
          assertThat(read.get(i).<String>getAs(0)).isEqualTo(expected.get(i).getAs(0));
          assertThat(read.get(i).<Long>getAs(1)).isEqualTo(expected.get(i).getAs(1));
          assertThat(read.get(i).<byte[]>getAs(3)).isEqualTo(expected.get(i).getAs(3));
        }
      }
      Dataset<Row> few = packed.table(LocalSpark.session()).filter("number = 7");
      assertThat(few.collectAsList()).hasSize(1);
    }
    try (PackedRows none = PackedRows.of(InternalRows.of(table.filter("number < 0")), SCHEMA)) {
      assertThat(none.rows().count()).isZero();
    }
  }
}
