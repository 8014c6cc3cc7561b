package org.millrace.risk.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class TargetStatisticsTest {
  private static final int ROWS = 3_000;
  private static final int LEVELS = 400;
  private static final int FOLDS = 5;
  private static final StructType SCHEMA =
      new StructType()
          .add("shop", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("fold", DataTypes.IntegerType);

  /**
   * @param effect how much a shop moves the share of the positive rows away from 0.3, up or down
   */
  private static List<Row> rows(double effect, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int shop = random.nextInt(LEVELS);
      double share = 0.3 + (shop % 2 == 0 ? effect : -effect);
      double label = random.nextDouble() < share ? 1 : 0;
      rows.add(RowFactory.create("shop" + shop, label, random.nextInt(FOLDS)));
    }
    return rows;
  }

  private static EncodingFitter.Encoded fit(List<Row> rows, double smoothing) {
    Dataset<Row> table = LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
    FeaturesConfig config =
        new FeaturesConfig(List.of(), Map.of(), 2, 2, 0, Optional.of(smoothing), 1);
    return new EncodingFitter(config)
        .fit(
            table,
            List.of(new FeatureColumn("shop", ColumnKind.CATEGORICAL)),
            Optional.of(new Targets("label", "fold", 2, fold -> other -> other != fold)));
  }

  private static double target(RowEncoder encoder, Row row) {
    float[] encoded = new float[encoder.features().size()];
    encoder.bind(SCHEMA).encode(row, encoded);
    assertThat(encoder.features().features().get(encoded.length - 1).name())
        .isEqualTo("shop target");
    return encoded[encoded.length - 1];
  }

  private interface Figure {
    double of(Row row);
  }

  private static double correlation(List<Row> rows, Figure x, Figure y) {
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double syy = 0;
    double sxy = 0;
    for (Row row : rows) {
      double a = x.of(row);
      double b = y.of(row);
      sx += a;
      sy += b;
      sxx += a * a;
      syy += b * b;
      sxy += a * b;
    }
    int n = rows.size();
    return (sxy - sx * sy / n) / Math.sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
  }

  /** What a shop's own rows seem to tell where nothing is to be told: all of it is their labels. */
  @Test
  void shopsThatTellNothingTellNothing() {
    List<Row> noise = rows(0, 7);
    EncodingFitter.Encoded fitted = fit(noise, 2);
    Figure label = row -> row.getDouble(1);
    assertThat(correlation(noise, row -> target(fitted.encoder(), row), label))
        .as("with their own labels")
        .isGreaterThan(0.25);
    assertThat(correlation(noise, row -> target(fitted.of(row.getInt(2)), row), label))
        .as("with those of others")
        .isCloseTo(0, within(0.05));
  }

  @Test
  void shopsThatTellSomethingTellItOfOtherRowsToo() {
    List<Row> train = rows(0.25, 7);
    EncodingFitter.Encoded fitted = fit(train, 2);
    Figure label = row -> row.getDouble(1);
    assertThat(correlation(train, row -> target(fitted.of(row.getInt(2)), row), label))
        .isGreaterThan(0.3);
    assertThat(correlation(rows(0.25, 8), row -> target(fitted.encoder(), row), label))
        .isGreaterThan(0.3);
  }

  @Test
  void meansAreDrawnTowardsThatOfAllRows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(RowFactory.create("a", i < 6 ? 1.0 : 0.0, i % 2));
      rows.add(RowFactory.create("b", 0.0, i % 2));
      rows.add(RowFactory.create("c", i < 2 ? 1.0 : 0.0, i % 2));
    }
    EncodingFitter.Encoded fitted = fit(rows, 4);
    double all = 8.0 / 24;
    assertThat(target(fitted.encoder(), RowFactory.create("a", 0.0, 0)))
        .isCloseTo((6 + 4 * all) / 12, within(1e-6));
    assertThat(target(fitted.encoder(), RowFactory.create("nowhere", 0.0, 0)))
        .isCloseTo(all, within(1e-6));
    assertThat(target(fitted.encoder(), RowFactory.create(null, 0.0, 0))).isNaN();
    // Of fold 0 what the 4 rows of fold 1 had: 3 of a, 1 of c.
    assertThat(target(fitted.of(0), RowFactory.create("a", 0.0, 0)))
        .isCloseTo((3 + 4 * 4.0 / 12) / 8, within(1e-6));
    assertThat(RowEncoder.of(fitted.encoder().toJson())).isEqualTo(fitted.encoder());
  }
}
