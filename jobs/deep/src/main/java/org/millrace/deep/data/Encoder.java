package org.millrace.deep.data;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;

/** Makes one input, or the label, of a row. For one thread. */
interface Encoder {

  /**
   * Writes what it makes of a row.
   *
   * @param record little-endian, at the place of this input, zero from there on
   * @throws RefusedException if nothing can be made of the row
   */
  void encode(Row row, ByteBuffer record) throws RefusedException;
}
