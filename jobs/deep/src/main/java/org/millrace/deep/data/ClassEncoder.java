package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A class as its index. */
final class ClassEncoder implements Encoder {
  private final Fields fields;
  private final Map<String, Integer> index = new HashMap<>();

  ClassEncoder(FittedLabel.Classes label, StructType schema) {
    this.fields =
        new Fields(schema, List.of(label.column()))
            .require(
                ClassEncoder::names, "a string, a number, a date, a timestamp, or true and false");
    for (String name : label.classes()) {
      index.put(name, index.size());
    }
  }

  /** Whether equal values are written alike, so that they are one class. */
  private static boolean names(DataType type) {
    return type instanceof AtomicType && !(type instanceof BinaryType);
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    Object value = fields.value(row, 0);
    if (value == null) {
      throw RefusedException.of(Refusal.Rule.LABEL_KNOWN, "%s is missing", fields.name(0));
    }
    Integer known = index.get(value.toString());
    if (known == null) {
      throw RefusedException.of(
          Refusal.Rule.LABEL_KNOWN, "%s is '%s', which no training row has", fields.name(0), value);
    }
    record.putFloat(known);
  }
}
