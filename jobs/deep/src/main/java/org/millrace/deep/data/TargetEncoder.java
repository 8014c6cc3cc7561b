package org.millrace.deep.data;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Numbers to be learnt, from a column each or from one with an array. */
final class TargetEncoder implements Encoder {
  private final FittedLabel.Numbers label;
  private final Fields fields;
  private final boolean array;

  TargetEncoder(FittedLabel.Numbers label, StructType schema) {
    this.label = label;
    this.fields = new Fields(schema, label.columns());
    this.array = fields.count() == 1 && fields.type(0) instanceof ArrayType;
    fields.require(
        t -> t instanceof NumericType || (array && t instanceof ArrayType a && isNumbers(a)),
        label.count() == 1 || fields.count() > 1 ? "a number" : "an array of numbers");
  }

  private static boolean isNumbers(ArrayType array) {
    return array.elementType() instanceof NumericType;
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    Seq<?> numbers = array ? fields.array(row, 0) : null;
    int count = array ? (numbers == null ? 0 : numbers.length()) : fields.count();
    if (count != label.count()) {
      throw RefusedException.of(
          Refusal.Rule.LABEL_FINITE,
          "%s has %d numbers, not %d",
          fields.name(0),
          count,
          label.count());
    }
    for (int i = 0; i < count; i++) {
      Object number = array ? numbers.apply(i) : fields.value(row, i);
      float target = (float) label.standardization().apply(i, Fields.number(number));
      if (!Float.isFinite(target)) {
        throw RefusedException.of(
            Refusal.Rule.LABEL_FINITE,
            "number %d of %s is %s",
            i,
            String.join(", ", label.columns()),
            number);
      }
      record.putFloat(target);
    }
  }
}
