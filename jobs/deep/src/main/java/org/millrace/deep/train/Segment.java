package org.millrace.deep.train;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that the ranks of one machine share: a mapped file. In it are a part for the numbers that
 * each rank brings, a part for their sums, and a few counters for each rank.
 *
 * <p>Counters of a rank are written by that rank alone. What it wrote before it set a counter, the
 * others see when they have read the counter.
 */
final class Segment {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int PAGE = 4096;

  /** Of the counters of a rank: two cache lines, since processors fetch them in pairs. */
  private static final int STRIDE = 128;

  /** The counters of a rank. */
  enum Counter {
    /** How far it has come. */
    PHASE(0),
    /** Not 0 when it has left. */
    LEFT(8),
    PROCESS(16),
    /** When its process was started, in milliseconds: a number may be given to another process. */
    STARTED(24);

    private final int offset;

    Counter(int offset) {
      this.offset = offset;
    }
  }

  private final ByteBuffer counters;
  private final ByteBuffer[] parts;
  private final ByteBuffer sums;

  private Segment(ByteBuffer counters, ByteBuffer[] parts, ByteBuffer sums) {
    this.counters = counters;
    this.parts = parts;
    this.sums = sums;
  }

  /**
   * Writes the file. All of it is written, not only its length: a mapped page for which the file
   * system has no room ends the process.
   *
   * @param file must not be there
   * @param capacity in bytes, of one rank's numbers
   * @throws IOException also where there is no room
   */
  static void write(Path file, int ranks, int capacity) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(64 * PAGE);
      long left = head(ranks) + (ranks + 1) * whole(capacity);
      while (left > 0) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), left));
        left -= channel.write(zeros);
      }
    }
  }

  /** Maps a file that {@link #write} has written with the same numbers. */
  static Segment map(Path file, int ranks, int capacity) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != head(ranks) + (ranks + 1) * whole(capacity)) {
        throw new IOException(file + " is not of the size agreed");
      }
      ByteBuffer counters = part(channel, 0, (int) head(ranks));
      ByteBuffer[] parts = new ByteBuffer[ranks];
      for (int rank = 0; rank < ranks; rank++) {
        parts[rank] = part(channel, head(ranks) + rank * whole(capacity), capacity);
      }
      ByteBuffer sums = part(channel, head(ranks) + ranks * whole(capacity), capacity);
      return new Segment(counters, parts, sums);
    }
  }

  private static ByteBuffer part(FileChannel channel, long from, int bytes) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, from, bytes).order(ByteOrder.nativeOrder());
  }

  private static long head(int ranks) {
    return whole((long) ranks * STRIDE);
  }

  private static long whole(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  int ranks() {
    return parts.length;
  }

  int capacity() {
    return sums.capacity();
  }

  /** Where a rank puts its numbers. */
  ByteBuffer part(int rank) {
    return parts[rank];
  }

  /** Where the sums are put. */
  ByteBuffer sums() {
    return sums;
  }

  long get(int rank, Counter counter) {
    return (long) LONGS.getAcquire(counters, rank * STRIDE + counter.offset);
  }

  void set(int rank, Counter counter, long value) {
    LONGS.setRelease(counters, rank * STRIDE + counter.offset, value);
  }
}
