package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
  private static final JsonNode PILLOW = References.figures();

  private static FittedInput.Images image(int height, int width, int channels, Pixels pixels) {
    return new FittedInput.Images(
        "input", new Input.Image(height, width, channels, pixels, 1 / 255.0, List.of(), List.of()));
  }

  private static Encoded file(int height, int width, int channels, boolean resize, byte[] file) {
    return Tables.encode(
        image(height, width, channels, new Pixels.File("photo", resize)),
        "photo",
        DataTypes.BinaryType,
        file);
  }

  private static void assertNear(Encoded encoded, JsonNode expected, int tolerance) {
    byte[] pixels = Tables.bytes(encoded);
    assertThat(pixels).hasSize(expected.size());
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff)
          .as("value %d", i)
          .isBetween(expected.get(i).asInt() - tolerance, expected.get(i).asInt() + tolerance);
    }
  }

  /** JPEG decoders may round differently. */
  @ParameterizedTest
  @CsvSource({
    "colour.png, colour.png, 3, 0",
    "transparent.png, colour.png, 3, 0",
    "indexed.png, indexed.png, 3, 0",
    "colour.png, colour.png as grey, 1, 0",
    "grey.png, colour.png as grey, 1, 0",
    "colour.jpg, colour.jpg, 3, 2"
  })
  void filesAreDecodedAsByPillow(String file, String figures, int channels, int tolerance) {
    assertNear(
        file(20, 30, channels, false, References.file(file)),
        PILLOW.path("images").path(figures),
        tolerance);
  }

  @ParameterizedTest
  @CsvSource({"7, 11", "40, 31", "20, 10"})
  void filesAreResizedAsByPillow(int height, int width) {
    assertNear(
        file(height, width, 3, true, References.file("colour.png")),
        PILLOW.path("resized").path(height + "x" + width),
        1);
  }

  @Test
  void greyBecomesColourWithoutChange() {
    byte[] grey = Tables.bytes(file(20, 30, 1, false, References.file("grey.png")));
    byte[] colour = Tables.bytes(file(20, 30, 3, false, References.file("grey.png")));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Arrays.copyOfRange(colour, channel * 600, (channel + 1) * 600)).isEqualTo(grey);
    }
  }

  @Test
  void anotherSizeIsRefused() {
    Refusal refusal = Tables.refusal(file(28, 28, 3, false, References.file("colour.png")));
    assertThat(refusal.rule()).isEqualTo(Refusal.Rule.IMAGE_SIZE);
    assertThat(refusal.reason()).isEqualTo("photo is 20 x 30 pixels (height x width), not 28 x 28");
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour.jpg", "colour.png", "grey.png"})
  void filesCutAnywhereAreRefused(String name) {
    byte[] file = References.file(name);
    for (int length :
        new int[] {1, 3, 20, file.length / 3, file.length / 2, file.length * 9 / 10}) {
      Refusal refusal = Tables.refusal(file(20, 30, 3, false, Arrays.copyOf(file, length)));
      assertThat(refusal.rule()).as("%d bytes", length).isEqualTo(Refusal.Rule.IMAGE_READABLE);
      assertThat(refusal.reason()).contains("photo").contains(length + " bytes");
    }
  }

  @Test
  void cmykIsRefusedAsSuch() {
    assertThat(Tables.refusal(file(20, 30, 3, false, References.file("cmyk.jpg"))).rule())
        .isEqualTo(Refusal.Rule.IMAGE_COLOURS);
  }

  @Test
  void nothingIsRefusedAsMissing() {
    assertThat(Tables.refusal(file(20, 30, 3, false, new byte[0])))
        .isEqualTo(new Refusal(Refusal.Rule.IMAGE_PRESENT, "photo has 0 bytes"));
    assertThat(Tables.refusal(file(20, 30, 3, false, null)).rule())
        .isEqualTo(Refusal.Rule.IMAGE_PRESENT);
    assertThat(
            Tables.refusal(
                    file(
                        20,
                        30,
                        3,
                        true,
                        "GIF89a and more".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .rule())
        .isEqualTo(Refusal.Rule.IMAGE_READABLE);
  }

  /** 2 x 2 pixels of 2 channels: 1 and 101, 2 and 102, 3 and 103, 4 and 104. */
  @Test
  void rawPixelsAndArraysAndColumnsAreBroughtIntoPlanes() {
    byte[] planes = {1, 2, 3, 4, 101, 102, 103, 104};
    byte[] mixed = {1, 101, 2, 102, 3, 103, 4, 104};
    Object[] numbers = {1L, 101L, 2L, 102L, 3L, 103L, 4L, 104L};
    Pixels.Order interleaved = Pixels.Order.INTERLEAVED;
    assertThat(raw(interleaved, mixed)).isEqualTo(planes);
    assertThat(raw(Pixels.Order.PLANAR, planes)).isEqualTo(planes);
    assertThat(
            Tables.bytes(
                Tables.encode(
                    image(2, 2, 2, new Pixels.Array("a", interleaved)),
                    "a",
                    DataTypes.createArrayType(DataTypes.LongType),
                    Tables.array(numbers))))
        .isEqualTo(planes);
    StructType schema = new StructType();
    for (int i = 0; i < 8; i++) {
      schema = schema.add("p" + (i + 1), DataTypes.LongType);
    }
    assertThat(
            Tables.bytes(
                Tables.encode(
                    image(2, 2, 2, new Pixels.Columns("p", 1, interleaved)), schema, numbers)))
        .isEqualTo(planes);
  }

  private static byte[] raw(Pixels.Order order, byte[] bytes) {
    return Tables.bytes(
        Tables.encode(
            image(2, 2, 2, new Pixels.Raw("r", order)), "r", DataTypes.BinaryType, bytes));
  }

  @Test
  void numbersThatAreNoPixelsAreRefused() {
    for (Object value : new Object[] {-1.0, 256.0, 0.5, Double.NaN, null}) {
      Encoded encoded =
          Tables.encode(
              image(1, 1, 1, new Pixels.Columns("p", 0, Pixels.Order.PLANAR)),
              "p0",
              DataTypes.DoubleType,
              value);
      assertThat(Tables.refusal(encoded).rule()).isEqualTo(Refusal.Rule.PIXEL_RANGE);
    }
  }
}
