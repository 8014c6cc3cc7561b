package org.millrace.risk.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class SilentColumnsTest {
  private static final int ROWS = 1000;
  private static final StructType SCHEMA =
      new StructType()
          .add("x", DataTypes.DoubleType)
          .add("kind", DataTypes.StringType)
          .add("yes", DataTypes.BooleanType);
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("x", ColumnKind.NUMERIC),
          new FeatureColumn("kind", ColumnKind.CATEGORICAL),
          new FeatureColumn("yes", ColumnKind.BOOLEAN));

  private static Row usual(int i) {
    return RowFactory.create((double) i, "k" + i % 2, i % 2 == 0);
  }

  /** Four partitions: rows stay in their order. */
  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(
            new JavaSparkContext(LocalSpark.session().sparkContext()).parallelize(rows, 4), SCHEMA);
  }

  private static List<Row> rows(java.util.function.IntFunction<Row> row) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row.apply(i));
    }
    return rows;
  }

  @Test
  void nothingIsSilentWhereAllColumnsTellRowsApart() {
    assertThat(SilentColumns.of(table(rows(SilentColumnsTest::usual)), COLUMNS)).isEmpty();
  }

  @Test
  void theSameValueInAllPartitionsIsSilentAndNoneIsToo() {
    Dataset<Row> table =
        table(
            rows(
                i ->
                    RowFactory.create(
                        i % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY, "a", true)));
    assertThat(SilentColumns.of(table, COLUMNS))
        .isEqualTo(
            Map.of(
                "kind", "is a in all training rows",
                "x", "has no value in any training row",
                "yes", "is true in all training rows"));
  }

  /** What differs is in another partition than the rest, and in its last row. */
  @Test
  void oneRowOfAnotherPartitionTellsThemApart() {
    List<Row> rows = rows(i -> RowFactory.create(i % 3 == 0 ? -0.0 : 0.0, null, true));
    assertThat(SilentColumns.of(table(rows), COLUMNS)).containsOnlyKeys("x", "kind", "yes");
    rows.set(ROWS - 1, RowFactory.create(null, "a", false));
    assertThat(SilentColumns.of(table(rows), COLUMNS)).isEmpty();
  }

  @Test
  void nothingIsReadBeyondTheRowThatTellsAllApart() {
    LongAccumulator read = LocalSpark.session().sparkContext().longAccumulator();
    Dataset<Row> counted =
        LocalSpark.session()
            .createDataFrame(
                table(rows(SilentColumnsTest::usual))
                    .javaRDD()
                    .map(
                        row -> {
                          read.add(1);
                          return row;
                        }),
                SCHEMA);
    SilentColumns.of(counted, COLUMNS);
    assertThat(read.value()).isLessThanOrEqualTo(4 * 4);
  }
}
