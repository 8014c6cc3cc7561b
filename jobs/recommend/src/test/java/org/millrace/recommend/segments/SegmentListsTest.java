package org.millrace.recommend.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Tables;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.testing.LocalSpark;

class SegmentListsTest {
  /** Three users in segment 1, one in segment 2; "guest" has none. */
  private static Dataset<Row> assigned() {
    return LocalSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create("a", 1),
                RowFactory.create("b", 1),
                RowFactory.create("c", 1),
                RowFactory.create("d", 2)),
            new StructType()
                .add("user", DataTypes.StringType)
                .add("segment", DataTypes.IntegerType));
  }

  private static Dataset<Row> events() {
    return Tables.ratings(
        Tables.rating("a", "tea", 1),
        Tables.rating("a", "tea", 1), // Twice by the same user counts once.
        Tables.rating("b", "tea", 1),
        Tables.rating("c", "milk", 1),
        Tables.rating("d", "milk", 1),
        Tables.rating("guest", "rum", 1));
  }

  private static Map<String, List<Float>> shares(FactorModel model) {
    Map<String, List<Float>> shares = new HashMap<>();
    for (Row item : model.items().collectAsList()) {
      shares.put(item.getAs("id"), item.getList(item.fieldIndex("features")));
    }
    return shares;
  }

  @Test
  void anItemIsTheShareOfEachSegmentsUsersThatHaveIt() {
    try (FactorModel model = SegmentLists.of(assigned(), 2, 0).fit(events())) {
      Map<String, List<Float>> shares = shares(model);
      assertThat(shares).containsOnlyKeys("tea", "milk", "rum");
      assertThat(shares.get("rum")).containsExactly(0f, 0f);
      assertThat(shares.get("tea")).containsExactly(2 / 3f, 0f);
      assertThat(shares.get("milk")).containsExactly(1 / 3f, 1f);
      assertThat(model.popularity().collectAsList())
          .extracting(row -> row.getString(0) + " " + row.getDouble(1))
          .containsExactlyInAnyOrder("tea 3.0", "milk 2.0", "rum 1.0");
    }
  }

  @Test
  void shrinkageDrawsSharesToThatOfAll() {
    try (FactorModel model = SegmentLists.of(assigned(), 2, 4).fit(events())) {
      List<Float> tea = shares(model).get("tea");
      // Half of the four users have tea: 2 of 3 with 2 of 4 more, 0 of 1 with 2 of 4 more.
      assertThat(tea.get(0)).isCloseTo(4 / 7f, within(1e-6f));
      assertThat(tea.get(1)).isCloseTo(2 / 5f, within(1e-6f));
    }
  }

  @Test
  void usersGetWhatTheirSegmentHas() {
    try (FactorModel model = SegmentLists.of(assigned(), 2, 0.5).fit(events());
        Lists lists = model.lists(model.users(), Optional.of(events()), Optional.empty(), 1)) {
      assertThat(lists.rows().collectAsList())
          .extracting(row -> row.getAs("user") + " " + row.getAs("item"))
          .containsExactlyInAnyOrder("a milk", "b milk", "c tea", "d tea");
    }
  }
}
