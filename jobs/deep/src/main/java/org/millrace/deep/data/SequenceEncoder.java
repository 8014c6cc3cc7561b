package org.millrace.deep.data;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** A sequence as the number of its steps and their vectors. */
final class SequenceEncoder implements Encoder {
  private final Input.Sequence input;
  private final Fields fields;
  private final Standardization standardization;
  private final boolean nested;

  SequenceEncoder(Input.Sequence input, Standardization standardization, StructType schema) {
    this.input = input;
    this.standardization = standardization;
    this.fields = new Fields(schema, input.columns());
    this.nested =
        fields.count() == 1
            && fields.type(0) instanceof ArrayType array
            && array.elementType() instanceof ArrayType;
    fields.require(
        t -> isArray(t, nested),
        fields.count() == 1 ? "an array of numbers, or of arrays of them" : "an array of numbers");
  }

  private static boolean isArray(DataType type, boolean nested) {
    return type instanceof ArrayType array
        && (nested
            ? isArray(array.elementType(), false)
            : array.elementType() instanceof NumericType);
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    int steps = steps(row);
    if (steps == 0) {
      throw RefusedException.of(Refusal.Rule.SEQUENCE_PRESENT, "%s has no step", fields.name(0));
    }
    int kept = Math.min(steps, input.maxSteps());
    record.putInt(kept);
    for (int step = 0; step < kept; step++) {
      vector(row, step, record);
    }
  }

  /** Steps of the row's sequence, whose shape is checked. */
  private int steps(Row row) throws RefusedException {
    int length = length(row, 0);
    for (int i = 1; i < fields.count(); i++) {
      if (length(row, i) != length) {
        throw RefusedException.of(
            Refusal.Rule.SEQUENCE_SHAPE,
            "%s has %d steps, but %s has %d",
            fields.name(0),
            length,
            fields.name(i),
            length(row, i));
      }
    }
    if (fields.count() > 1 || nested) {
      return length;
    }
    if (length % input.features() != 0) {
      throw RefusedException.of(
          Refusal.Rule.SEQUENCE_SHAPE,
          "%s has %d numbers, which is no multiple of %d features",
          fields.name(0),
          length,
          input.features());
    }
    return length / input.features();
  }

  private int length(Row row, int field) throws RefusedException {
    Seq<?> array = fields.array(row, field);
    if (array == null) {
      throw RefusedException.of(Refusal.Rule.SEQUENCE_PRESENT, "%s is missing", fields.name(field));
    }
    return array.length();
  }

  private void vector(Row row, int step, ByteBuffer record) throws RefusedException {
    Seq<?> first = fields.array(row, 0);
    Seq<?> vector = nested ? (Seq<?>) first.apply(step) : first;
    if (nested && (vector == null || vector.length() != input.features())) {
      throw RefusedException.of(
          Refusal.Rule.SEQUENCE_SHAPE,
          "step %d of %s has %s features, not %d",
          step,
          fields.name(0),
          vector == null ? "no" : vector.length(),
          input.features());
    }
    for (int feature = 0; feature < input.features(); feature++) {
      Object number;
      if (fields.count() > 1) {
        number = fields.array(row, feature).apply(step);
      } else {
        number = vector.apply(nested ? feature : step * input.features() + feature);
      }
      float value = (float) standardization.apply(feature, Fields.number(number));
      if (!Float.isFinite(value)) {
        throw RefusedException.of(
            Refusal.Rule.SEQUENCE_FINITE,
            "step %d, feature %d of %s is %s",
            step,
            feature,
            String.join(", ", input.columns()),
            number);
      }
      record.putFloat(value);
    }
  }
}
