package org.millrace.risk.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;
import org.millrace.testing.LocalSpark;

class EncodingFitterTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("income", DataTypes.DoubleType)
          .add("shop", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          .add("note", DataTypes.StringType)
          .add("always", DataTypes.IntegerType)
          .add("never", DataTypes.DoubleType);
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          new FeatureColumn("income", ColumnKind.NUMERIC),
          new FeatureColumn("shop", ColumnKind.CATEGORICAL),
          new FeatureColumn("at", ColumnKind.TIME),
          new FeatureColumn("note", ColumnKind.TEXT),
          new FeatureColumn("always", ColumnKind.NUMERIC),
          new FeatureColumn("never", ColumnKind.NUMERIC));

  private static FeaturesConfig config() {
    return new FeaturesConfig(List.of(), Map.of(), 2, 2, 4, Optional.empty(), 32);
  }

  /** Shop s0 has the most rows, then s1 and so on; s5 has one. */
  private static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int shop = 0; shop < 6; shop++) {
      for (int i = shop; i < 6; i++) {
        rows.add(row(shop == 3 ? Double.NaN : shop + i, "s" + shop, i % 2 == 0 ? "red" : "blue"));
      }
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static Row row(Double income, String shop, String note) {
    Timestamp at = Timestamp.valueOf("2026-11-25 18:30:00");
    return RowFactory.create(income, shop, at, note, 7, Double.POSITIVE_INFINITY);
  }

  private static Map<String, Float> encoded(RowEncoder encoder, Row row) {
    float[] values = new float[encoder.features().size()];
    encoder.bind(SCHEMA).encode(row, values);
    Map<String, Float> named = new java.util.HashMap<>();
    for (int f = 0; f < values.length; f++) {
      named.put(encoder.features().features().get(f).name(), values[f]);
    }
    return named;
  }

  @Test
  void columnsThatTellNothingAreLeftWithTheReason() {
    EncodingFitter.Encoded fitted =
        new EncodingFitter(config()).fit(rows(), COLUMNS, Optional.empty());
    assertThat(fitted.left())
        .containsOnlyKeys("at", "always", "never")
        .containsEntry("never", "has no value in any training row")
        .hasEntrySatisfying("always", why -> assertThat(why).startsWith("is 7"));
    assertThat(fitted.encoder().columns()).containsExactly("income", "shop", "note");
    assertThatThrownBy(
            () ->
                new EncodingFitter(config())
                    .fit(rows(), COLUMNS.subList(4, COLUMNS.size()), Optional.empty()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("always is 7");
  }

  @Test
  void levelsAreAtTheirPlacesAndOthersTogether() {
    RowEncoder encoder =
        new EncodingFitter(config()).fit(rows(), COLUMNS, Optional.empty()).encoder();
    Map<String, Float> frequent = encoded(encoder, row(1.0, "s0", "red"));
    assertThat(frequent).containsEntry("shop=s0", 1f).containsEntry("shop=s1", 0f);
    assertThat(frequent.get("shop frequency")).isEqualTo((float) Math.log(7));
    Map<String, Float> rare = encoded(encoder, row(1.0, "s5", "red"));
    assertThat(rare).containsEntry("shop is another", 1f).containsEntry("shop frequency", 0f);
    Map<String, Float> unseen = encoded(encoder, row(1.0, "nowhere", "red"));
    assertThat(unseen).containsEntry("shop is another", 1f).containsEntry("shop frequency", 0f);
    Map<String, Float> missing = encoded(encoder, row(null, null, null));
    assertThat(missing).containsEntry("shop is missing", 1f);
    assertThat(missing.get("shop frequency")).isNaN();
    assertThat(missing.get("income")).isNaN();
    assertThat(
            missing.entrySet().stream()
                .filter(e -> e.getKey().startsWith("shop bucket") || e.getKey().contains("words"))
                .mapToDouble(Map.Entry::getValue))
        .containsOnly(0.0);
  }

  @Test
  void wordsWeighAsTheyAreRare() {
    RowEncoder encoder =
        new EncodingFitter(config()).fit(rows(), COLUMNS, Optional.empty()).encoder();
    Map<String, Float> red = encoded(encoder, row(1.0, "s0", "Red, red!"));
    double length =
        red.entrySet().stream()
            .filter(e -> e.getKey().contains("words"))
            .mapToDouble(e -> e.getValue() * e.getValue())
            .sum();
    assertThat(length).isBetween(0.9999, 1.0001);
    assertThat(encoded(encoder, row(1.0, "s0", "RED"))).isEqualTo(red);
    assertThat(encoded(encoder, row(1.0, "s0", "blue"))).isNotEqualTo(red);
  }

  @Test
  void momentsAreTakenApart() {
    TimeEncoder encoder = new TimeEncoder("at", true);
    float[] parts = new float[5];
    encoder.encode(Timestamp.valueOf("2026-11-25 18:30:00"), parts, 0);
    assertThat(parts).containsExactly(20_782, 11, 25, 3, 18.5f);
    encoder.encode(java.time.LocalDateTime.of(1970, 1, 2, 0, 0), parts, 0);
    assertThat(parts).containsExactly(1, 1, 2, 5, 0);
    encoder.encode(null, parts, 0);
    assertThat(parts).containsOnly(Float.NaN);
  }

  @Test
  void anEncoderComesBackFromItsText() {
    RowEncoder encoder =
        new EncodingFitter(config()).fit(rows(), COLUMNS, Optional.empty()).encoder();
    assertThat(RowEncoder.of(encoder.toJson())).isEqualTo(encoder);
  }
}
