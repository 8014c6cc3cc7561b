package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Adds up numbers over the ranks of a run. Every rank makes the same calls in the same order, all
 * from one thread, and gets the same sums bit for bit.
 */
interface Collective extends AutoCloseable {
  int rank();

  int ranks();

  /**
   * Replaces floats by their sums over the ranks.
   *
   * @param vector in native order; from 0 to its limit
   * @param riders a few that go with it, so that they need no message of their own
   * @throws CollectiveFailure where another rank is gone, or answers too late
   */
  void sumFloats(FloatBuffer vector, float[] riders);

  /**
   * Replaces doubles by their sums; as {@link #sumFloats}.
   *
   * @param doubles direct, native order
   * @param count how many from the buffer's beginning on
   */
  void sumDoubles(ByteBuffer doubles, int count);

  /**
   * Lets the others know that this rank has come to nothing, where they would not learn it from the
   * end of its thread.
   */
  default void abandon() {}

  /** Takes leave of the others; after a failure they are not asked. */
  @Override
  void close();

  /** A rank without others. */
  record Alone() implements Collective {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int ranks() {
      return 1;
    }

    @Override
    public void sumFloats(FloatBuffer vector, float[] riders) {}

    @Override
    public void sumDoubles(ByteBuffer doubles, int count) {}

    @Override
    public void close() {}
  }
}
