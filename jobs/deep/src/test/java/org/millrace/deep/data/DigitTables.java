package org.millrace.deep.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small made-up images of which every byte is known. */
final class DigitTables {
  static final int SIDE = 4;
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("image", DataTypes.BinaryType)
          .add("digit", DataTypes.LongType);

  private DigitTables() {}

  /** The image of a row: its first four bytes tell the row. */
  static byte[] image(int id) {
    byte[] image = new byte[SIDE * SIDE];
    new SplittableRandom(id).nextBytes(image);
    for (int i = 0; i < 4; i++) {
      image[i] = (byte) (id >> (8 * i));
    }
    return image;
  }

  /** Rows of the digits 0 to 2; the digit is the id modulo 3. */
  static Dataset<Row> rows(SparkSession spark, int count, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      rows.add(RowFactory.create((long) id, image(id), (long) id % 3));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  static Input.Image input() {
    return new Input.Image(
        SIDE,
        SIDE,
        1,
        new Pixels.Raw("image", Pixels.Order.INTERLEAVED),
        1.0 / 255,
        List.of(),
        List.of());
  }

  static Encoding encoding() {
    return new Encoding(
        List.of(new FittedInput.Images("input", input())),
        new FittedLabel.Classes("digit", List.of("0", "1", "2"), List.of(1.0, 2.0, 0.5)));
  }

  /** The id of the example in that row of a batch. */
  static int id(Batch batch, int row) {
    float[] values = batch.inputs().get(0).values();
    int id = 0;
    for (int i = 0; i < 4; i++) {
      id |= Math.round(values[row * SIDE * SIDE + i] * 255) << (8 * i);
    }
    return id;
  }
}
