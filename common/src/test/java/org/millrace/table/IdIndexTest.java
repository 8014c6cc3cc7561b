package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class IdIndexTest {

  private static Dataset<Row> ids(List<String> ids) {
    return LocalSpark.session().createDataset(ids, Encoders.STRING()).toDF("key");
  }

  @Test
  void numbersAnyStringsInTheOrderOfTheirBytes() {
    Dataset<Row> ids =
        ids(List.of("b", "99999999999999999999", "10", "\uD83C\uDFAC", "b", "é", "", "9"));

    try (IdIndex index = IdIndex.of(ids, "key")) {
      assertThat(index.rows().sort("index").collectAsList())
          .containsExactly(
              RowFactory.create("", 0),
              RowFactory.create("10", 1),
              RowFactory.create("9", 2),
              RowFactory.create("99999999999999999999", 3),
              RowFactory.create("b", 4),
              RowFactory.create("é", 5),
              RowFactory.create("\uD83C\uDFAC", 6));
      assertThat(index.size()).isEqualTo(7);
    }
  }

  @Test
  void doesNotDependOnPartitions() {
    Dataset<Row> ids = LocalSpark.session().range(5000).selectExpr("concat('k', id) as key");

    try (IdIndex many = IdIndex.of(ids.repartition(11), "key");
        IdIndex one = IdIndex.of(ids.coalesce(1), "key")) {
      assertThat(many.rows().sort("index").collectAsList())
          .isEqualTo(one.rows().sort("index").collectAsList())
          .hasSize(5000);
    }
  }

  @Test
  void nullsHaveNoNumber() {
    Dataset<Row> ids = ids(List.of("a")).selectExpr("explode(array(key, null)) as key");

    try (IdIndex index = IdIndex.of(ids, "key")) {
      assertThat(index.rows().count()).isEqualTo(1);
    }
  }

  @Test
  void decodingInvertsEncoding() {
    Dataset<Row> ratings =
        LocalSpark.session()
            .createDataFrame(
                List.of(RowFactory.create("x", "i", 1.0), RowFactory.create("a", "i", 2.0)),
                new StructType()
                    .add("user", DataTypes.StringType)
                    .add("item", DataTypes.StringType)
                    .add("rating", DataTypes.DoubleType));
    try (IdIndex users = IdIndex.of(ratings, "user")) {
      Dataset<Row> encoded = users.encode(ratings, "user");

      assertThat(encoded.sort("user").selectExpr("user", "rating").collectAsList())
          .containsExactly(RowFactory.create(0, 2.0), RowFactory.create(1, 1.0));
      assertThat(
              users
                  .decode(encoded, "user")
                  .select("user", "item", "rating")
                  .sort("user")
                  .collectAsList())
          .isEqualTo(ratings.sort("user").collectAsList());
    }
  }
}
