package org.millrace.deep.dl4j;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A replica in bytes: steps, parameters and the updater's state, bit by bit; little endian, each
 * array behind its length.
 */
final class ReplicaState {
  private static final int MAGIC = 0x4d52_4e31;
  private static final int CHUNK = 1 << 14;

  private ReplicaState() {}

  static void write(OutputStream out, int steps, FloatBuffer parameters, FloatBuffer updater)
      throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt(steps);
    write(data, parameters);
    write(data, updater);
    data.flush();
  }

  /**
   * Overwrites the arrays.
   *
   * @return the steps
   */
  static int read(InputStream in, FloatBuffer parameters, FloatBuffer updater) throws IOException {
    DataInputStream data = new DataInputStream(in);
    if (data.readInt() != MAGIC) {
      throw new IOException("not the state of a replica");
    }
    int steps = data.readInt();
    read(data, parameters, "parameters");
    read(data, updater, "numbers of the updater's state");
    return steps;
  }

  private static void write(DataOutputStream data, FloatBuffer floats) throws IOException {
    int length = floats.capacity();
    data.writeInt(length);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      chunk.asFloatBuffer().put(0, floats, from, count);
      data.write(chunk.array(), 0, count * Float.BYTES);
    }
  }

  private static void read(DataInputStream data, FloatBuffer floats, String what)
      throws IOException {
    int length = data.readInt();
    if (length != floats.capacity()) {
      throw new IOException(
          "the state has %d %s, the network %d: it is of another network or optimization"
              .formatted(length, what, floats.capacity()));
    }
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      data.readFully(chunk.array(), 0, count * Float.BYTES);
      floats.put(from, chunk.asFloatBuffer(), 0, count);
    }
  }
}
