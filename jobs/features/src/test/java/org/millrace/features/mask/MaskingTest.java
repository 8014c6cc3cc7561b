package org.millrace.features.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class MaskingTest {

  private static List<Object> binned(double width, DataType type, Object... values) {
    Dataset<Row> rows =
        LocalSpark.session()
            .createDataFrame(
                Arrays.stream(values).map(value -> RowFactory.create(value)).toList(),
                new StructType().add("x", type));
    return rows
        .select(new Masking.Bin(width).mask("x", type, null).orElseThrow())
        .collectAsList()
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void wholeNumbersAreMaskedExactlyUpToTheEndsOfTheirType() {
    assertThat(
            binned(
                1000,
                DataTypes.LongType,
                1999L,
                -1L,
                9007199254740993L,
                Long.MAX_VALUE,
                Long.MIN_VALUE))
        .containsExactly(1000L, -1000L, 9007199254740000L, 9223372036854775000L, Long.MIN_VALUE);
    assertThat(binned(1000, DataTypes.ShortType, (short) 1999, Short.MIN_VALUE, (short) -32001))
        .containsExactly((short) 1000, Short.MIN_VALUE, Short.MIN_VALUE);
    assertThat(binned(10, DataTypes.IntegerType, 19, null)).containsExactly(10, null);
  }

  @Test
  void realNumbersBeginTheirBinsHoweverLargeTheyAre() {
    assertThat(binned(0.5, DataTypes.DoubleType, 1.9, -0.1, 1e308, -3e25))
        .containsExactly(1.5, -0.5, 1e308, -3e25);
    assertThat(binned(2.5, DataTypes.IntegerType, 6)).containsExactly(5);
  }
}
