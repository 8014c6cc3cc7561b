package org.millrace.deep.train;

import java.nio.ByteBuffer;

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
   * @param floats direct, native order
   * @param count how many from the buffer's beginning on
   * @throws CollectiveFailure where another rank is gone, or answers too late
   */
  void sumFloats(ByteBuffer floats, int count);

  /** Replaces doubles by their sums; as {@link #sumFloats}. */
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
    public void sumFloats(ByteBuffer floats, int count) {}

    @Override
    public void sumDoubles(ByteBuffer doubles, int count) {}

    @Override
    public void close() {}
  }
}
