package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import org.millrace.risk.learn.Examples;
import org.millrace.testing.LocalSpark;

class FoldsTest {
  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      rows.add(
          RowFactory.create(
              i,
              "customer " + i % 50,
              java.sql.Date.valueOf(java.time.LocalDate.of(2026, 1, 1).plusDays(i / 10))));
    }
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(Examples.ID, DataTypes.LongType)
                .add("customer", DataTypes.StringType)
                .add("day", DataTypes.DateType));
  }

  @Test
  void aGroupIsInOneFold() {
    Folds folds = new Folds.Grouped(List.of("customer"), 4);
    Map<String, Integer> foldOf = new HashMap<>();
    for (Row row : folds.assign(rows(), Optional.empty(), 1).collectAsList()) {
      assertThat(foldOf.merge(row.getString(1), row.getInt(3), (a, b) -> a.equals(b) ? a : -1))
          .isBetween(0, 3);
    }
    assertThat(new java.util.HashSet<>(foldOf.values())).hasSize(4);
  }

  @Test
  void timeOnlyGoesForward() {
    Folds folds = new Folds.TimeOrdered("day", 3);
    java.sql.Date[] first = new java.sql.Date[4];
    java.sql.Date[] last = new java.sql.Date[4];
    int[] sizes = new int[4];
    for (Row row : folds.assign(rows(), Optional.empty(), 1).collectAsList()) {
      int fold = row.getInt(3);
      java.sql.Date day = row.getDate(2);
      first[fold] = first[fold] == null || day.before(first[fold]) ? day : first[fold];
      last[fold] = last[fold] == null || day.after(last[fold]) ? day : last[fold];
      sizes[fold]++;
    }
    for (int f = 0; f < 4; f++) {
      assertThat(sizes[f]).isBetween(220, 280);
      assertThat(f == 0 || last[f - 1].before(first[f])).isTrue();
    }
    assertThat(folds.rounds()).hasSize(3);
    assertThat(folds.rounds().get(0).learns(0)).isTrue();
    assertThat(folds.rounds().get(0).learns(2)).isFalse();
  }

  /** One row in eighty has the label 1: 12 of 960. */
  private static Dataset<Row> labelled(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 960; i++) {
      rows.add(RowFactory.create(i * 7919, i % 80 == 0 ? 1.0 : 0.0));
    }
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(Examples.ID, DataTypes.LongType)
                .add("class", DataTypes.DoubleType))
        .repartition(partitions);
  }

  private static Map<Long, Integer> folds(Folds folds, Dataset<Row> rows, long seed) {
    Map<Long, Integer> foldOf = new HashMap<>();
    for (Row row : folds.assign(rows, Optional.of("class"), seed).collectAsList()) {
      foldOf.put(row.getLong(0), row.getInt(2));
    }
    return foldOf;
  }

  @Test
  void aRareClassIsInEachFold() {
    for (long seed = 0; seed < 5; seed++) {
      int[] rare = new int[5];
      int[] all = new int[5];
      folds(new Folds.Random(5), labelled(3), seed)
          .forEach(
              (id, fold) -> {
                all[fold]++;
                rare[fold] += id / 7919 % 80 == 0 ? 1 : 0;
              });
      for (int fold = 0; fold < 5; fold++) {
        assertThat(rare[fold]).isBetween(2, 3);
        assertThat(all[fold]).isBetween(190, 194);
      }
    }
    assertThat(folds(new Folds.Random(5), labelled(1), 3))
        .isEqualTo(folds(new Folds.Random(5), labelled(7), 3))
        .isNotEqualTo(folds(new Folds.Random(5), labelled(7), 4));
    long predicted =
        folds(new Folds.Split(0.25), labelled(2), 3).entrySet().stream()
            .filter(e -> e.getValue() == 1 && e.getKey() / 7919 % 80 == 0)
            .count();
    assertThat(predicted).isEqualTo(3);
  }

  @Test
  void classesOfManyRowsAreDividedByChance() {
    Dataset<Row> drawn = Strata.draw(labelled(2), Optional.of("class"), 1, 100);
    for (double label : new double[] {0, 1}) {
      double mean =
          drawn.filter("class = " + label).groupBy().avg(Strata.DRAWN).first().getDouble(0);
      assertThat(mean)
          .isCloseTo(0.5, org.assertj.core.data.Offset.offset(label == 1 ? 1e-9 : 0.04));
    }
    assertThat(drawn.count()).isEqualTo(960);
  }

  /** Each row's label is the day five days on: a planted leak, which only purging stops. */
  @Test
  void rowsWhoseLabelIsOfThePredictedStretchAreNotLearntFrom() {
    Folds folds = new Folds.TimeOrdered("day", 3);
    Dataset<Row> rows = rows().withColumn("told", expr("date_add(day, 5)"));
    Dataset<Row> assigned = folds.assign(rows, Optional.empty(), Optional.of("told"), 1).cache();
    for (Round round : folds.rounds()) {
      Row first = assigned.filter(round.predicted()).agg(min("day")).first();
      Dataset<Row> before = assigned.filter(col(Examples.FOLD).lt(round.validated()));
      Dataset<Row> leaky = before.filter(col("told").geq(first.get(0)));
      assertThat(leaky.count()).as("rows that leak").isEqualTo(50);
      Dataset<Row> learnt = assigned.filter(round.learnt());
      assertThat(learnt.filter(col("told").geq(first.get(0))).isEmpty()).isTrue();
      assertThat(learnt.count()).as("no more is left out").isEqualTo(before.count() - 50);
    }
    assigned.unpersist();
  }
}
