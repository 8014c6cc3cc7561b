package org.millrace.deep.dl4j.averaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.millrace.deep.train.Replica;

/** What a replica saves: two numbers, then twice a length and as many floats, little endian. */
@SuppressWarnings("ArrayRecordComponent") // Compared by its bytes alone.
record SavedState(byte[] bytes) {
  static SavedState of(Replica replica) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      replica.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SavedState(out.toByteArray());
  }

  void loadInto(Replica replica) {
    try {
      replica.load(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parameters and updater's state averaged, all else from the first. */
  static SavedState average(List<SavedState> states, List<Double> weights) {
    byte[] average = states.get(0).bytes().clone();
    double all = weights.stream().mapToDouble(w -> w).sum();
    int at = 2 * Integer.BYTES;
    while (at < average.length) {
      int length = ByteBuffer.wrap(average).getInt(at);
      at += Integer.BYTES;
      for (int i = 0; i < length; i++, at += Float.BYTES) {
        double sum = 0;
        for (int state = 0; state < states.size(); state++) {
          sum += weights.get(state) * states.get(state).number(at);
        }
        ByteBuffer.wrap(average).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, (float) (sum / all));
      }
    }
    return new SavedState(average);
  }

  private float number(int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(at);
  }

  /** Parameters and updater's state. */
  float[] numbers() {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int parameters = in.getInt(2 * Integer.BYTES);
    int behind = (3 + parameters) * Integer.BYTES;
    float[] numbers = new float[parameters + in.getInt(behind)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number((i < parameters ? 3 + i : 4 + i) * Integer.BYTES);
    }
    return numbers;
  }

  int steps() {
    return ByteBuffer.wrap(bytes).getInt(Integer.BYTES);
  }
}
