package org.millrace.deep.data;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** An image as one byte a pixel and channel, channel by channel. */
final class ImageEncoder implements Encoder {
  private final Input.Image input;
  private final Fields fields;
  private final PixelSource source;

  /** Brings the pixels of a row into the record. */
  private interface PixelSource {
    void read(Row row, ByteBuffer record) throws RefusedException;
  }

  ImageEncoder(Input.Image input, StructType schema) {
    this.input = input;
    this.fields = new Fields(schema, input.columns());
    if (input.pixels() instanceof Pixels.File file) {
      fields.require(t -> t instanceof BinaryType, "bytes (BINARY)");
      ImageDecoder decoder = new ImageDecoder(input, file.resize());
      source = (row, record) -> record.put(decoder.decode(fields.name(0), fields.bytes(row, 0)));
    } else if (input.pixels() instanceof Pixels.Raw raw) {
      fields.require(t -> t instanceof BinaryType, "bytes (BINARY)");
      source = (row, record) -> raw(fields.bytes(row, 0), raw.order(), record);
    } else if (input.pixels() instanceof Pixels.Array array) {
      fields.require(
          t -> t instanceof ArrayType a && a.elementType() instanceof NumericType,
          "an array of numbers");
      source = (row, record) -> array(fields.array(row, 0), array.order(), record);
    } else {
      Pixels.Order order = ((Pixels.Columns) input.pixels()).order();
      fields.require(t -> t instanceof NumericType, "a number");
      source =
          (row, record) -> {
            for (int i = 0; i < fields.count(); i++) {
              put(record, i, order, fields.number(row, i), fields.name(i));
            }
          };
    }
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    source.read(row, record);
  }

  private void raw(byte[] bytes, Pixels.Order order, ByteBuffer record) throws RefusedException {
    requireCount(bytes == null ? 0 : bytes.length, "bytes");
    if (order == Pixels.Order.PLANAR || input.channels() == 1) {
      record.put(bytes);
      return;
    }
    int start = record.position();
    for (int i = 0; i < bytes.length; i++) {
      record.put(start + place(i, order), bytes[i]);
    }
  }

  private void array(Seq<?> numbers, Pixels.Order order, ByteBuffer record)
      throws RefusedException {
    int length = numbers == null ? 0 : numbers.length();
    requireCount(length, "numbers");
    for (int i = 0; i < length; i++) {
      put(record, i, order, Fields.number(numbers.apply(i)), "pixel " + i);
    }
  }

  private void requireCount(int count, String unit) throws RefusedException {
    if (count == 0) {
      throw RefusedException.of(Refusal.Rule.IMAGE_PRESENT, "%s has no %s", fields.name(0), unit);
    }
    int wanted = input.height() * input.width() * input.channels();
    if (count != wanted) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_SIZE,
          "%s has %d %s, not %d x %d x %d = %d",
          fields.name(0),
          count,
          unit,
          input.height(),
          input.width(),
          input.channels(),
          wanted);
    }
  }

  private void put(ByteBuffer record, int number, Pixels.Order order, double value, String name)
      throws RefusedException {
    if (!(value >= 0 && value <= 255 && value == Math.rint(value))) {
      throw RefusedException.of(
          Refusal.Rule.PIXEL_RANGE, "%s is %s, not a whole number from 0 to 255", name, value);
    }
    record.put(record.position() + place(number, order), (byte) (int) value);
  }

  private int place(int number, Pixels.Order order) {
    int channels = input.channels();
    return order == Pixels.Order.PLANAR
        ? number
        : (number % channels) * input.height() * input.width() + number / channels;
  }
}
