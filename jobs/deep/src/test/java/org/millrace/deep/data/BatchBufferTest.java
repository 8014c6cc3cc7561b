package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.deep.net.Shape;
import org.millrace.language.Analysis;

/** Several inputs side by side, from rows to a batch. */
class BatchBufferTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("image", DataTypes.BinaryType)
          .add("x", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType);

  private static final Encoding ENCODING =
      new Encoding(
          List.of(
              new FittedInput.Images(
                  "picture",
                  new Input.Image(
                      1,
                      3,
                      2,
                      new Pixels.Raw("image", Pixels.Order.PLANAR),
                      0.1,
                      List.of(1.0, 2.0),
                      List.of(2.0, 4.0))),
              new FittedInput.Texts(
                  "words",
                  new Input.Text(
                      "text", new Analysis.English(false, false), 4, new Words.Stored("none")),
                  new Vocabulary(List.of("good", "bad"))),
              new FittedInput.Numbers(
                  "numbers",
                  new Input.Numbers(List.of("x"), true),
                  new Standardization(List.of(1.0), List.of(2.0)))),
          new FittedLabel.Numbers(
              List.of("low", "high"),
              2,
              new Standardization(List.of(0.0, 10.0), List.of(1.0, 10.0))));

  private static Row row(String text, int pixel, double x) {
    byte[] pixels = {(byte) pixel, 0, 0, 0, 0, (byte) 255};
    return RowFactory.create(text, pixels, x, x + 1, x + 2);
  }

  private static Batch batch(boolean labelled, Row... rows) {
    RowEncoder encoder = new RowEncoder(ENCODING, SCHEMA, labelled);
    BatchBuffer buffer =
        labelled
            ? new BatchBuffer(ENCODING, true, 3, Augmentation.NONE)
            : BatchBuffer.unlabelled(ENCODING, 3);
    buffer.add((Encoded.Example) encoder.encode(row("bad bad bad bad bad", 77, 99)));
    buffer.clear();
    assertThat(buffer.isEmpty()).isTrue();
    for (Row row : rows) {
      buffer.add((Encoded.Example) encoder.encode(row));
    }
    assertThat(buffer.isFull()).isEqualTo(rows.length == 3);
    return buffer.batch();
  }

  @Test
  void eachInputHasItsValuesInARowOfItsOwn() {
    Batch batch = batch(true, row("good", 200, 5), row("so bad good", 100, -1));
    assertThat(batch.rows()).isEqualTo(2);
    Batch.Input picture = batch.inputs().get(0);
    assertThat(picture.shape()).isEqualTo(new Shape.Image(1, 3, 2));
    assertThat(picture.lengths()).isNull();
    float dark = -0.5f;
    float bright = (25.5f - 2) / 4;
    assertThat(Arrays.copyOf(picture.values(), 12))
        .containsExactly(
            new float[] {
              9.5f, dark, dark, dark, dark, bright, 4.5f, dark, dark, dark, dark, bright
            },
            offset(1e-6f));
    Batch.Input words = batch.inputs().get(1);
    assertThat(words.shape()).isEqualTo(new Shape.Tokens(4, 4));
    assertThat(words.values()).startsWith(2, 0, 0, 0, 1, 3, 2, 0);
    assertThat(words.lengths()).startsWith(1, 3);
    assertThat(batch.inputs().get(2).values()).startsWith(2, -1);
    assertThat(batch.targets()).startsWith(6, -0.3f, 0, -0.9f);
    assertThat(batch.weights()).startsWith(1, 1);
  }

  @Test
  void rowsThatAreScoredNeedNoLabel() {
    StructType unlabelled =
        new StructType().add(SCHEMA.fields()[0]).add(SCHEMA.fields()[1]).add(SCHEMA.fields()[2]);
    Row row = RowFactory.create("good", new byte[6], 5.0);
    assertThat(new RowEncoder(ENCODING, unlabelled, false).encode(row))
        .isInstanceOf(Encoded.Example.class);
    Batch batch = batch(false, row("good", 1, 1), row("good", 2, 1), row("good", 3, 1));
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(batch.targets()).isEmpty();
  }

  @Test
  void theFirstInputThatCannotBeMadeIsTheReason() {
    Encoded encoded =
        new RowEncoder(ENCODING, SCHEMA, true)
            .encode(RowFactory.create("", new byte[5], Double.NaN, 1.0, 2.0));
    assertThat(Tables.refusal(encoded).rule()).isEqualTo(Refusal.Rule.IMAGE_SIZE);
  }
}
