package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Encodes single rows. */
final class Tables {
  private Tables() {}

  /** A row of one column. */
  static Encoded encode(FittedInput input, String column, DataType type, Object value) {
    return encode(input, new StructType().add(column, type), value);
  }

  static Encoded encode(FittedInput input, StructType schema, Object... values) {
    FittedLabel none = new FittedLabel.Classes("none", List.of("a", "b"), List.of(1.0, 1.0));
    Row row = RowFactory.create(values);
    return new RowEncoder(new Encoding(List.of(input), none), schema, false).encode(row);
  }

  static Refusal refusal(Encoded encoded) {
    assertThat(encoded).isInstanceOf(Encoded.Refused.class);
    return ((Encoded.Refused) encoded).refusal();
  }

  static byte[] bytes(Encoded encoded) {
    assertThat(encoded).as("%s", encoded).isInstanceOf(Encoded.Example.class);
    return ((Encoded.Example) encoded).record();
  }

  /** A record of floats behind its length. */
  static float[] floats(Encoded encoded, int from) {
    ByteBuffer record = ByteBuffer.wrap(bytes(encoded)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[(record.capacity() - from) / Float.BYTES];
    record.position(from).asFloatBuffer().get(floats);
    return floats;
  }

  /** A record of whole numbers. */
  static int[] integers(Encoded encoded) {
    ByteBuffer record = ByteBuffer.wrap(bytes(encoded)).order(ByteOrder.LITTLE_ENDIAN);
    int[] integers = new int[record.capacity() / Integer.BYTES];
    record.asIntBuffer().get(integers);
    return integers;
  }

  /** An array as rows of Spark hold it. */
  static Object array(Object... elements) {
    return JavaConverters.asScalaBuffer(java.util.Arrays.asList(elements));
  }
}
