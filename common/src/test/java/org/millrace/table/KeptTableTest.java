package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class KeptTableTest {
  private static Dataset<Row> numbers(int rows) {
    return LocalSpark.session()
        .range(rows)
        .selectExpr("cast(id as int) as n", "if(id % 3 = 0, null, concat('row ', id)) as name");
  }

  private static String plan(Dataset<Row> table) {
    return table.queryExecution().toString();
  }

  @Test
  void isReadAsOftenAsOneLikesAndComputedOnce() {
    LongAccumulator computed = LocalSpark.session().sparkContext().longAccumulator();
    UDF1<Integer, Integer> counted =
        n -> {
          computed.add(1);
          return n;
        };
    Dataset<Row> table =
        numbers(100)
            .select(udf(counted, DataTypes.IntegerType).apply(col("n")).as("n"), col("name"));
    try (KeptTable kept = KeptTable.of(table)) {
      assertThat(kept.count()).isEqualTo(100);
      assertThat(kept.isEmpty()).isFalse();
      assertThat(kept.rows().schema()).isEqualTo(table.schema());
      assertThat(kept.rows().sort("n").collectAsList())
          .isEqualTo(numbers(100).sort("n").collectAsList());
      assertThat(kept.rows().filter("n >= 90").select("name").count()).isEqualTo(10);
      assertThat(computed.value()).isEqualTo(100);
    }
  }

  @Test
  void canStillBeReadWhenClosed() {
    KeptTable kept = KeptTable.of(numbers(3));
    kept.close();
    assertThat(kept.rows().collectAsList()).isEqualTo(numbers(3).collectAsList());
  }

  @Test
  void hidesWhatItWasComputedFrom() {
    try (KeptTable kept =
        KeptTable.of(numbers(50).groupBy("name").count().withColumn("from", lit("the source")))) {
      Dataset<Row> joined = kept.rows().join(kept.rows().groupBy("name").count(), "name");
      assertThat(plan(joined)).doesNotContain("the source").contains("Scan ExistingRDD");
      assertThat(joined.count()).isEqualTo(33); // A null is not equal to itself.
    }
  }

  @Test
  void aSmallOneIsSentToAllExecutors() {
    Dataset<Row> large = numbers(10).withColumn("more", lit(1)).hint("rebalance");
    try (KeptTable kept = KeptTable.of(numbers(10))) {
      assertThat(plan(large.join(kept.rows(), "n"))).contains("BroadcastHashJoin");
    }
  }

  @Test
  void ofNoRowsIsEmpty() {
    try (KeptTable kept = KeptTable.of(numbers(4).filter("n > 7"))) {
      assertThat(kept.isEmpty()).isTrue();
      assertThat(kept.rows().collectAsList()).isEmpty();
    }
  }

  @Test
  void keepsNoneWhereOneCannotBeComputed() {
    int before = keptRdds();
    Dataset<Row> broken = numbers(2).select(raise_error(lit("planted")).as("n"));
    assertThatThrownBy(() -> KeptTable.all(List.of(numbers(2), broken)))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("planted");
    assertThat(keptRdds()).isEqualTo(before);
  }

  private static int keptRdds() {
    return LocalSpark.session().sparkContext().getPersistentRDDs().size();
  }
}
