package org.millrace.risk.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Encodes rows as Spark itself holds them: no object is made for a number. It is made in the task
 * that uses it.
 */
public final class InternalEncoder {
  private final InternalColumn[] numbers;
  private final int[] placeOfNumber;
  private final ColumnEncoder[] others;
  private final InternalColumn[] columnOfOther;
  private final int[] placeOfOther;
  private final int size;

  /**
   * Makes ready.
   *
   * @param schema of the rows, which has all columns of the encoder
   */
  public InternalEncoder(RowEncoder encoder, StructType schema) {
    List<InternalColumn> plain = new ArrayList<>();
    List<Integer> placesOfPlain = new ArrayList<>();
    List<ColumnEncoder> left = new ArrayList<>();
    List<Integer> placesOfLeft = new ArrayList<>();
    int at = 0;
    for (ColumnEncoder each : encoder.encoders()) {
      InternalColumn column = new InternalColumn(schema, each.column());
      if (each instanceof NumberEncoder && column.hasNumbers()) {
        plain.add(column);
        placesOfPlain.add(at);
      } else {
        left.add(each);
        placesOfLeft.add(at);
      }
      at += each.features().size();
    }
    numbers = plain.toArray(InternalColumn[]::new);
    placeOfNumber = placesOfPlain.stream().mapToInt(p -> p).toArray();
    others = left.toArray(ColumnEncoder[]::new);
    columnOfOther =
        left.stream()
            .map(each -> new InternalColumn(schema, each.column()))
            .toArray(InternalColumn[]::new);
    placeOfOther = placesOfLeft.stream().mapToInt(p -> p).toArray();
    size = at;
  }

  /** The length of an encoded row. */
  public int size() {
    return size;
  }

  /**
   * Encodes a row.
   *
   * @param encoded filled; of {@link #size()}
   */
  public void encode(InternalRow row, float[] encoded) {
    for (int n = 0; n < numbers.length; n++) {
      encoded[placeOfNumber[n]] = NumberEncoder.number(numbers[n].number(row));
    }
    for (int o = 0; o < others.length; o++) {
      others[o].encode(columnOfOther[o].value(row), encoded, placeOfOther[o]);
    }
  }
}
