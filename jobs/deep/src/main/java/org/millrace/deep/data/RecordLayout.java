package org.millrace.deep.data;

import java.io.Serializable;
import java.util.List;
import org.millrace.deep.net.Shape;

/**
 * Where the parts of an example stand in its record, which is of the same length for every example:
 * for each input its length (four bytes, sequences and tokens only) and its values, then the
 * targets as floats. Numbers are little-endian.
 *
 * @param starts of each input
 * @param targetStart where the targets begin
 * @param targets how many there are; 0 for rows that are scored
 * @param bytes of a record
 */
record RecordLayout(List<Integer> starts, int targetStart, int targets, int bytes)
    implements Serializable {

  static RecordLayout of(Encoding encoding, boolean labelled) {
    Integer[] starts = new Integer[encoding.inputs().size()];
    int at = 0;
    for (int i = 0; i < starts.length; i++) {
      FittedInput input = encoding.inputs().get(i);
      starts[i] = at;
      at = Math.addExact(at, input.bytes() + (hasLength(input.shape()) ? Integer.BYTES : 0));
    }
    int targets = labelled ? encoding.label().targets() : 0;
    return new RecordLayout(List.of(starts), at, targets, at + targets * Float.BYTES);
  }

  static boolean hasLength(Shape shape) {
    return shape instanceof Shape.Sequence || shape instanceof Shape.Tokens;
  }
}
