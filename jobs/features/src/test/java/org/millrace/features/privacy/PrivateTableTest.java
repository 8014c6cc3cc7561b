package org.millrace.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class PrivateTableTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("who", DataTypes.StringType)
          .add("town", DataTypes.StringType)
          .add("x", DataTypes.DoubleType);

  /** A thousand persons in two large towns, one person with very many rows, and one in a hamlet. */
  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(RowFactory.create("p" + i, i % 4 == 0 ? "A" : "B", (double) (i % 100)));
    }
    for (int i = 0; i < 5000; i++) {
      rows.add(RowFactory.create("busy", "town" + i % 50, 1e9));
      rows.add(RowFactory.create("busy", "A", 1e9));
    }
    rows.add(RowFactory.create("hermit", "hamlet", 1.0));
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static PrivateTable plan(Bounds bounds, double epsilon) {
    return new PrivateTable(
        "who",
        List.of("town"),
        bounds,
        List.of(
            new Statistic.Count("*", epsilon),
            new Statistic.Sum("x", 0, 100, epsilon),
            new Statistic.Mean("x", 0, 100, epsilon),
            new Statistic.Histogram("x", List.of(0.0, 50.0, 100.0), epsilon),
            new Statistic.Quantiles("x", 0, 100, List.of(0.5), 100, epsilon)),
        new GroupChoice(2, 1e-6));
  }

  @Test
  void noPersonCountsForMoreThanTheBounds() {
    Dataset<Row> bounded = plan(new Bounds(2, 3), 1).bounded(rows(), 1);
    List<Row> busy = bounded.filter("who = 'busy'").groupBy("town").count().collectAsList();
    assertThat(busy).hasSize(2).allSatisfy(r -> assertThat(r.getLong(1)).isEqualTo(3));
    assertThat(bounded.filter("who <> 'busy'").count()).isEqualTo(1001);
    assertThat(plan(new Bounds(2, 3), 1).bounded(rows(), 2).filter("who = 'busy'").collectAsList())
        .isNotEqualTo(bounded.filter("who = 'busy'").collectAsList());
  }

  @Test
  void largeGroupsAreToldAndSmallOnesAreNot() {
    List<Row> released = plan(new Bounds(1, 1), 20).released(rows(), 1).collectAsList();
    Map<String, Double> told = new HashMap<>();
    for (Row row : released) {
      String part = row.isNullAt(3) ? "" : " " + row.get(3);
      told.put(row.getString(0) + " " + row.getString(1) + part, row.getDouble(4));
    }
    assertThat(told).hasSize(12);
    String b = "{\"town\":\"B\"}";
    assertThat(told.get(b + " count")).isBetween(747.0, 753.0);
    assertThat(told.get(b + " mean")).isBetween(48.0, 52.0);
    assertThat(told.get(b + " sum")).isBetween(37_400.0, 37_600.0);
    assertThat(told.get(b + " histogram 0.0")).isBetween(370.0, 385.0);
    assertThat(told.get(b + " histogram 50.0")).isBetween(370.0, 385.0);
    assertThat(told.get(b + " quantiles 0.5")).isBetween(47.0, 54.0);
  }

  @Test
  void noiseIsNewEachTime() {
    Dataset<Row> released = plan(new Bounds(1, 1), 0.1).released(rows(), 1);
    assertThat(released.collectAsList()).isNotEqualTo(released.collectAsList());
  }

  @Test
  void oneGroupIsToldEvenOfNoRows() {
    PrivateTable all =
        new PrivateTable(
            "who",
            List.of(),
            new Bounds(1, 1),
            List.of(
                new Statistic.Count("*", 1),
                new Statistic.Mean("x", 0, 10, 1),
                new Statistic.Quantiles("x", 0, 10, List.of(0.5), 4, 1)),
            null);
    List<Row> released = all.released(rows().limit(0), 1).collectAsList();
    assertThat(released).extracting(r -> r.getString(0)).containsOnly("{}").hasSize(3);
  }
}
