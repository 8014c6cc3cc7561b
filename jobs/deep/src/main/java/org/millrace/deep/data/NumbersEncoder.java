package org.millrace.deep.data;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Numeric columns as floats. */
final class NumbersEncoder implements Encoder {
  private final Fields fields;
  private final Standardization standardization;

  NumbersEncoder(Input.Numbers input, Standardization standardization, StructType schema) {
    this.fields =
        new Fields(schema, input.columns())
            .require(t -> t instanceof NumericType || t instanceof BooleanType, "a number");
    this.standardization = standardization;
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    for (int i = 0; i < fields.count(); i++) {
      float value = (float) standardization.apply(i, fields.number(row, i));
      if (!Float.isFinite(value)) {
        throw RefusedException.of(
            Refusal.Rule.NUMBERS_FINITE, "%s is %s", fields.name(i), fields.value(row, i));
      }
      record.putFloat(value);
    }
  }
}
