package org.millrace.recommend.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.outcome.Stop;
import org.millrace.recommend.Tables;
import org.millrace.testing.LocalSpark;

class SegmentsTest {
  private static final List<String> COLUMNS = List.of("often", "much");

  /** 40, 35 and 25 users around three places; "much" is skewed and of another unit. */
  private static Dataset<Row> users() {
    Random random = new Random(5);
    double[][] places = {{1, 2}, {9, 2}, {9, 9}};
    int[] sizes = {40, 35, 25};
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      for (int u = 0; u < sizes[s]; u++) {
        rows.add(
            RowFactory.create(
                "s" + (s + 1) + "-" + u,
                places[s][0] + 0.5 * random.nextGaussian(),
                Math.expm1(places[s][1] + 0.3 * random.nextGaussian())));
      }
    }
    return table(rows);
  }

  private static Dataset<Row> table(List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("user", DataTypes.StringType)
                .add("often", DataTypes.DoubleType)
                .add("much", DataTypes.DoubleType));
  }

  private static Dataset<Row> points() {
    return Points.of(users(), COLUMNS, List.of("much")).rows().cache();
  }

  @ParameterizedTest
  @EnumSource
  void plantedSegmentsAreFoundTheGreatestFirst(Method method) {
    Dataset<Row> points = points();
    Segments segments = Segments.of(points, method, List.of(4, 2, 3), 20, 1);

    assertThat(segments.centers()).hasSize(3);
    assertThat(segments.silhouettes()).containsOnlyKeys(2, 3, 4);
    assertThat(segments.silhouettes().get(3)).isGreaterThan(0.8);
    for (Row row : segments.assigned(points).collectAsList()) {
      assertThat(row.<String>getAs("user")).startsWith("s" + row.getAs("segment"));
      assertThat(row.<Double>getAs("distance")).isBetween(0.0, 2.0);
    }
    points.unpersist();
  }

  @Test
  void profilesAreMeansAndDeviationsByTheDefinition() {
    Dataset<Row> few =
        table(
                List.of(
                    RowFactory.create("a", 1.0, 5.0),
                    RowFactory.create("b", 3.0, 5.0),
                    RowFactory.create("c", 8.0, 5.0)))
            .selectExpr("user", "often", "much", "if(user = 'c', 2, 1) as segment");
    Map<String, Row> profiles = new HashMap<>();
    Profiles.of(few, COLUMNS)
        .collectAsList()
        .forEach(r -> profiles.put(r.getAs("segment") + " " + r.getAs("column"), r));

    Row first = profiles.get("1 often");
    assertThat(first.<Long>getAs("users")).isEqualTo(2);
    assertThat(first.<Double>getAs("share")).isEqualTo(2 / 3.0);
    assertThat(first.<Double>getAs("mean")).isEqualTo(2.0);
    assertThat(first.<Double>getAs("mean_of_all")).isEqualTo(4.0);
    assertThat(first.<Double>getAs("deviations"))
        .isEqualTo(-2 / Math.sqrt((9 + 1 + 16) / 3.0), within(1e-9));
    assertThat(profiles.get("2 much").<Double>getAs("deviations")).isZero();
  }

  @Test
  void liftIsTheShareInTheSegmentOverThatOfAll() {
    Dataset<Row> users =
        table(
                List.of(
                    RowFactory.create("a", 0.0, 0.0),
                    RowFactory.create("b", 0.0, 0.0),
                    RowFactory.create("c", 0.0, 0.0),
                    RowFactory.create("d", 0.0, 0.0)))
            .selectExpr("user", "if(user in ('a', 'b'), 1, 2) as segment");
    Dataset<Row> events =
        Tables.ratings(
            Tables.rating("a", "tea", 1),
            Tables.rating("a", "tea", 1),
            Tables.rating("b", "tea", 1),
            Tables.rating("c", "tea", 1),
            Tables.rating("c", "rum", 1),
            Tables.rating("stranger", "rum", 1));
    List<String> told =
        Profiles.items(users, events, 1, 1).orderBy("segment").collectAsList().stream()
            .map(Row::toString)
            .toList();

    // Tea: both of segment 1, three of four. Rum: one of two of segment 2, one of four.
    assertThat(told)
        .containsExactly("[1,1,tea,2,1.0,0.75,%s]".formatted(1 / 0.75), "[2,1,rum,1,0.5,0.25,2.0]");
    assertThat(Profiles.items(users, events, 5, 2).count()).isEqualTo(1);
  }

  @Test
  void usersWhoAreAllAlikeAreNoSegments() {
    Dataset<Row> same =
        table(List.of(RowFactory.create("a", 1.0, 1.0), RowFactory.create("b", 1.0, 1.0)));
    Dataset<Row> points = Points.of(same, COLUMNS, List.of()).rows();

    assertThatThrownBy(() -> Segments.of(points, Method.K_MEANS, List.of(2, 3), 5, 1))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("cannot be told apart");
  }

  @ParameterizedTest
  @EnumSource
  void moreSegmentsThanDifferentUsersAreNotTried(Method method) {
    Dataset<Row> two =
        table(List.of(RowFactory.create("a", 1.0, 1.0), RowFactory.create("b", 9.0, 4.0)));
    Dataset<Row> points = Points.of(two, COLUMNS, List.of()).rows();

    assertThat(Segments.of(points, method, List.of(2, 3, 8), 5, 1).silhouettes())
        .containsOnlyKeys(2);
    assertThatThrownBy(() -> Segments.of(points, method, List.of(3, 8), 5, 1))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("there are 2 different ones")
        .hasMessageContaining("k = [3, 8]");
  }
}
