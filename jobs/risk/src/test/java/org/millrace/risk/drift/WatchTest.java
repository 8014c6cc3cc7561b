package org.millrace.risk.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.table.InternalRows;
import org.millrace.testing.LocalSpark;

/** Rows whose drift is planted. */
class WatchTest {
  private static final DriftConfig WARN =
      new DriftConfig(DriftConfig.Action.WARN, 0.25, 0.1, 100, List.of(), false);
  private static final StructType SCHEMA =
      new StructType()
          .add("income", DataTypes.DoubleType)
          .add("city", DataTypes.StringType)
          .add("owner", DataTypes.BooleanType)
          .add("asked", DataTypes.TimestampType)
          .add("note", DataTypes.StringType);
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("income", ColumnKind.NUMERIC),
          new FeatureColumn("city", ColumnKind.CATEGORICAL),
          new FeatureColumn("owner", ColumnKind.BOOLEAN),
          new FeatureColumn("asked", ColumnKind.TIME),
          new FeatureColumn("note", ColumnKind.TEXT));

  private static Dataset<Row> rows(long seed, int rows, Function<Object[], Object[]> change) {
    Random random = new Random(seed);
    List<Row> drawn = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      Object[] row = {
        random.nextInt(10) == 0 ? null : Math.exp(random.nextGaussian()),
        "city " + (int) (3 * Math.abs(random.nextGaussian())),
        random.nextInt(4) == 0,
        new Timestamp(1_600_000_000_000L + random.nextInt(1_000_000_000)),
        "x".repeat(random.nextInt(80))
      };
      drawn.add(RowFactory.create(change.apply(row)));
    }
    return LocalSpark.session().createDataFrame(drawn, SCHEMA).repartition(3);
  }

  private static final List<Distribution> BASELINE =
      Sketches.of(rows(1, 8_000, r -> r).javaRDD(), SCHEMA, COLUMNS, column -> Set.of());

  private static List<ColumnDrift> drifts(Dataset<Row> rows) {
    return drifts(rows, BASELINE);
  }

  private static List<ColumnDrift> drifts(Dataset<Row> rows, List<Distribution> baseline) {
    Watch watch = new Watch(LocalSpark.session().sparkContext(), baseline, SCHEMA);
    assertThat(InternalRows.of(rows).mapPartitions(watch::over).count()).isEqualTo(rows.count());
    return watch.drifts();
  }

  private static List<String> findings(List<ColumnDrift> drifts, DriftConfig config) {
    return drifts.stream().flatMap(d -> config.finding(d).stream()).toList();
  }

  @Test
  void withoutAShiftIndicesAreAsSmallAsChanceMakesThem() {
    List<ColumnDrift> drifts = drifts(rows(2, 6_000, r -> r));
    assertThat(drifts).hasSize(5);
    for (ColumnDrift drift : drifts) {
      assertThat(drift.rows()).isEqualTo(6_000);
      assertThat(drift.baseline().rows()).isEqualTo(8_000);
      assertThat(drift.psi()).as(drift.column()).isLessThan(0.01);
      assertThat(drift.psi()).isLessThan(drift.psiRarelyByChance());
    }
    assertThat(drifts.get(0).missingNow()).isCloseTo(0.1, within(0.02));
    assertThat(findings(drifts, WARN)).isEmpty();
  }

  @Test
  void aPlantedShiftIsFoundInItsColumnAlone() {
    List<ColumnDrift> income =
        drifts(
            rows(
                3,
                5_000,
                r -> {
                  r[0] = r[0] == null ? null : 3 * (Double) r[0];
                  return r;
                }));
    assertThat(findings(income, WARN))
        .singleElement()
        .asString()
        .startsWith("column income has a population stability index of ");
    List<ColumnDrift> note =
        drifts(
            rows(
                4,
                5_000,
                r -> {
                  r[4] = r[4] + "y".repeat(60);
                  return r;
                }));
    assertThat(findings(note, WARN)).singleElement().asString().contains("column note");
  }

  @Test
  void levelsThatTrainingHadNotAreTold() {
    List<ColumnDrift> drifts =
        drifts(
            rows(
                5,
                5_000,
                r -> {
                  r[1] = r[1].equals("city 1") ? "Atlantis" : r[1];
                  return r;
                }));
    ColumnDrift city = drifts.get(1);
    assertThat(city.unseen()).containsExactly("Atlantis");
    assertThat(city.unseenRate()).isCloseTo(0.25, within(0.05));
    assertThat(findings(drifts, WARN))
        .singleElement()
        .asString()
        .contains("column city")
        .contains("levels that training had not, such as Atlantis");
  }

  @Test
  void aColumnThatIsMissingNowIsTold() {
    List<ColumnDrift> drifts =
        drifts(
            rows(
                6,
                5_000,
                r -> {
                  r[0] = null;
                  r[3] = null;
                  return r;
                }));
    assertThat(findings(drifts, WARN))
        .containsExactly(
            "column income is missing in 100.0 %% of 5000 rows, and was in %.1f %% of the baseline's (missing-limit 0.1)"
                .formatted(100 * drifts.get(0).missingBefore()),
            "column asked is missing in 100.0 % of 5000 rows, and was in 0.0 % of the baseline's"
                + " (missing-limit 0.1)");
    assertThat(drifts.get(0).psi()).isGreaterThan(1);
  }

  /** Missing values do not hide that the others are new levels. */
  @Test
  void aColumnThatIsMissingAndShiftedIsToldToBeBoth() {
    int[] turn = {0};
    List<ColumnDrift> drifts =
        drifts(
            rows(
                6,
                5_000,
                r -> {
                  r[1] = turn[0]++ % 2 == 0 ? null : "Atlantis";
                  return r;
                }));
    assertThat(findings(drifts, WARN))
        .singleElement()
        .asString()
        .startsWith("column city is missing in 50.0 %")
        .contains("; it has a population stability index of")
        .contains("levels that training had not, such as Atlantis");
  }

  @Test
  void thatTimeGoesOnIsToldAndNotJudged() {
    List<ColumnDrift> drifts =
        drifts(
            rows(
                7,
                5_000,
                r -> {
                  r[3] = new Timestamp(((Timestamp) r[3]).getTime() + 2_000_000_000L);
                  return r;
                }));
    assertThat(drifts.get(3).psi()).isGreaterThan(1);
    assertThat(findings(drifts, WARN)).isEmpty();
  }

  /** A few weeks of a series lie elsewhere than its years; that they are missing is judged. */
  @Test
  void ofTheHistoryOfSeriesOnlyMissingValuesAreJudgedUnlessAsked() {
    Dataset<Row> higher =
        rows(
            9,
            5_000,
            r -> {
              r[0] = r[0] == null ? null : 3 * (Double) r[0];
              return r;
            });
    List<Distribution> history =
        BASELINE.stream().map(d -> d.column().equals("income") ? d.asHistory() : d).toList();
    List<ColumnDrift> drifts = drifts(higher, history);
    assertThat(drifts.get(0).psi()).isGreaterThan(0.25);
    assertThat(findings(drifts, WARN)).isEmpty();
    DriftConfig judging = new DriftConfig(DriftConfig.Action.WARN, 0.25, 0.1, 100, List.of(), true);
    assertThat(findings(drifts, judging)).singleElement().asString().contains("column income");
    List<ColumnDrift> gone =
        drifts(
            rows(
                6,
                5_000,
                r -> {
                  r[0] = null;
                  return r;
                }),
            history);
    assertThat(findings(gone, WARN))
        .singleElement()
        .asString()
        .startsWith("column income is missing in 100.0 %");
  }

  @Test
  void fewRowsAreNotBeyondALimitByChance() {
    for (int seed = 0; seed < 10; seed++) {
      List<ColumnDrift> drifts = drifts(rows(100 + seed, 100, r -> r));
      assertThat(
              findings(
                  drifts,
                  new DriftConfig(DriftConfig.Action.WARN, 0.01, 0.001, 1, List.of(), false)))
          .isEmpty();
    }
    List<ColumnDrift> shifted =
        drifts(
            rows(
                8,
                99,
                r -> {
                  r[0] = 1e6;
                  return r;
                }));
    assertThat(findings(shifted, WARN)).as("fewer than least-rows").isEmpty();
    DriftConfig fewer = new DriftConfig(DriftConfig.Action.WARN, 0.25, 0.1, 99, List.of(), false);
    assertThat(findings(shifted, fewer)).hasSize(1);
    DriftConfig ignoring =
        new DriftConfig(DriftConfig.Action.WARN, 0.25, 0.1, 99, List.of("income"), false);
    assertThat(findings(shifted, ignoring)).isEmpty();
    DriftConfig none = new DriftConfig(DriftConfig.Action.NONE, 0.25, 0.1, 99, List.of(), false);
    assertThat(findings(shifted, none)).isEmpty();
  }
}
