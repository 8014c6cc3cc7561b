package org.millrace.deep.dl4j;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array with a view of its memory: no copy, no conversion. On a GPU the host's side of it.
 *
 * @param array of floats, whole: no view of another
 */
record NativeFloats(INDArray array, FloatBuffer buffer) {
  static NativeFloats of(INDArray array) {
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    FloatBuffer buffer =
        pointer
            .capacity(array.length())
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new NativeFloats(array, buffer);
  }

  static NativeFloats zeros(long... shape) {
    return of(Nd4j.create(shape, 'c'));
  }

  /** After a write through {@link #buffer}. */
  INDArray written() {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    return array;
  }

  /** Before a read through {@link #buffer}. */
  FloatBuffer read() {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return buffer;
  }
}
