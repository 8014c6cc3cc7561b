package org.millrace.risk.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatchRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.table.InternalRows;
import org.millrace.testing.LocalSpark;

/** Rows as Spark itself holds them are encoded as those that it gives to others. */
class EncodedRowsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("fold", DataTypes.IntegerType)
          .add("double", DataTypes.DoubleType)
          .add("float", DataTypes.FloatType)
          .add("int", DataTypes.IntegerType)
          .add("long", DataTypes.LongType)
          .add("decimal", DataTypes.createDecimalType(12, 3))
          .add("short", DataTypes.ShortType)
          .add("yes", DataTypes.BooleanType)
          .add("day", DataTypes.DateType)
          .add("at", DataTypes.TimestampType)
          .add("shop", DataTypes.StringType)
          .add("a `quoted` name", DataTypes.DoubleType);

  private static final RowEncoder ENCODER =
      new RowEncoder(
          List.of(
              new NumberEncoder("double"),
              new NumberEncoder("float"),
              new NumberEncoder("int"),
              new NumberEncoder("long"),
              new NumberEncoder("decimal"),
              new NumberEncoder("short"),
              new NumberEncoder("a `quoted` name"),
              new BooleanEncoder("yes"),
              new TimeEncoder("day", false),
              new TimeEncoder("at", true),
              OneHotEncoder.of("shop", List.of("s0", "s1")),
              new FrequencyEncoder("shop", Map.of("s0", 7L), 3)));

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          RowFactory.create(
              (long) i,
              i % 2,
              i % 5 == 0 ? Double.NaN : i % 7 == 0 ? Double.NEGATIVE_INFINITY : 1e39 * i,
              i % 4 == 0 ? Float.POSITIVE_INFINITY : i / 3f,
              i - 20,
              Long.MAX_VALUE / (i + 1),
              new BigDecimal("12345.678").multiply(new BigDecimal(i)),
              (short) i,
              i % 3 == 0,
              Date.valueOf("2026-02-%02d".formatted(1 + i % 28)),
              Timestamp.valueOf("2026-02-03 %02d:30:00".formatted(i % 24)),
              "s" + i % 3,
              -1.0 * i));
    }
    rows.add(
        RowFactory.create(
            40L, 0, null, null, null, null, null, null, null, null, null, null, null));
    return rows;
  }

  private static Dataset<Row> table() {
    return LocalSpark.session().createDataFrame(rows(), SCHEMA).repartition(3);
  }

  private static double[] expected(RowEncoder encoder, Row row) {
    float[] encoded = new float[encoder.features().size()];
    encoder.bind(SCHEMA).encode(row, encoded);
    double[] values = new double[encoded.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = encoded[f];
    }
    return values;
  }

  @Test
  void everyTypeIsEncodedAsByTheRow() {
    Dataset<Row> encoded =
        EncodedRows.of(table(), "features", ENCODER, Map.of(), "fold", List.of("id", "shop"));
    assertThat(encoded.columns()).containsExactly("features", "id", "shop");
    List<Row> told = encoded.orderBy("id").collectAsList();
    assertThat(told).hasSize(41);
    for (int i = 0; i < told.size(); i++) {
      Row row = rows().get(i);
      assertThat(told.get(i).<Vector>getAs("features").toArray())
          .as("row %d", i)
          .containsExactly(expected(ENCODER, row));
      assertThat(told.get(i).<String>getAs("shop")).isEqualTo(row.getString(11));
    }
  }

  /** Of a plain Parquet file rows are views of its columns. */
  @Test
  void columnsOfAFileAreEncodedAsItsRows(@TempDir Path folder) {
    String file = folder.resolve("table.parquet").toString();
    table().write().parquet(file);
    // Spark hands on columns only to code of its own making, which these tests go without.
    SparkSession compiling = LocalSpark.session().newSession();
    compiling.conf().set("spark.sql.codegen.wholeStage", true);
    Dataset<Row> scanned = compiling.read().parquet(file);
    assertThat(
            InternalRows.passing(scanned.select("id", "int"))
                .map(row -> row instanceof ColumnarBatchRow)
                .collect())
        .containsOnly(true);
    Dataset<Row> encoded =
        EncodedRows.of(scanned, "features", ENCODER, Map.of(), "fold", List.of("shop", "id"));
    List<Row> told = encoded.orderBy("id").collectAsList();
    assertThat(told).hasSize(41);
    for (int i = 0; i < told.size(); i++) {
      Row row = rows().get(i);
      assertThat(told.get(i).<Vector>getAs("features").toArray())
          .as("row %d", i)
          .containsExactly(expected(ENCODER, row));
      assertThat(told.get(i).<String>getAs("shop")).isEqualTo(row.getString(11));
    }
  }

  @Test
  void aFoldsRowsHaveTheirOwnEncoder() {
    RowEncoder other =
        new RowEncoder(List.of(new FrequencyEncoder("shop", Map.of("s0", 1L, "s1", 90L), 0)));
    RowEncoder usual = new RowEncoder(List.of(new FrequencyEncoder("shop", Map.of("s0", 7L), 0)));
    List<Row> told =
        EncodedRows.of(table(), "features", usual, Map.of(1, other), "fold", List.of("id"))
            .orderBy("id")
            .collectAsList();
    for (int i = 0; i < told.size(); i++) {
      Row row = rows().get(i);
      assertThat(told.get(i).<Vector>getAs(0).toArray())
          .containsExactly(expected(row.getInt(1) == 1 ? other : usual, row));
    }
  }
}
