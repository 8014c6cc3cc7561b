package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Makes examples of rows. Holds look-up tables and buffers: one for each task, for one thread. */
public final class RowEncoder {
  private final RecordLayout layout;
  private final List<Encoder> inputs;
  private final Encoder label;

  /**
   * For the rows of a table.
   *
   * @param labelled whether the label is encoded too; not so for rows that are scored
   * @throws org.millrace.outcome.Stop exit 2 where a column is absent or of a type that does not
   *     suit
   */
  public RowEncoder(Encoding encoding, StructType schema, boolean labelled) {
    this.layout = RecordLayout.of(encoding, labelled);
    this.inputs = encoding.inputs().stream().map(input -> input.encoder(schema)).toList();
    this.label = labelled ? encoding.label().encoder(schema) : (row, record) -> {};
  }

  /** Never fails by what is in the row. */
  public Encoded encode(Row row) {
    byte[] bytes = new byte[layout.bytes()];
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int i = 0; i < inputs.size(); i++) {
        record.position(layout.starts().get(i));
        inputs.get(i).encode(row, record);
      }
      record.position(layout.targetStart());
      label.encode(row, record);
      return new Encoded.Example(bytes);
    } catch (RefusedException e) {
      return new Encoded.Refused(e.refusal());
    }
  }
}
