package org.millrace.deep.data;

import java.nio.ByteBuffer;

/** Brings the values of one input from a record into a batch. For one thread. */
interface ValueReader {

  /**
   * Reads the values at the record's position.
   *
   * @param from where the example begins in {@code values}
   */
  void read(ByteBuffer record, float[] values, int from);

  /** Numbers as they stand. */
  static ValueReader floats(int count) {
    return (record, values, from) -> record.asFloatBuffer().get(values, from, count);
  }

  /** Token ids. */
  static ValueReader ids(int count) {
    return (record, values, from) -> {
      int at = record.position();
      for (int i = 0; i < count; i++) {
        values[from + i] = record.getInt(at + Integer.BYTES * i);
      }
    };
  }
}
