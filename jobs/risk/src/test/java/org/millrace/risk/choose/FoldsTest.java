package org.millrace.risk.choose;

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
    for (Row row : folds.assign(rows(), 1).collectAsList()) {
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
    for (Row row : folds.assign(rows(), 1).collectAsList()) {
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
}
