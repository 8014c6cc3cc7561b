package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.millrace.deep.train.Segment.Counter;

/**
 * All-reduce of ranks that share memory: each brings its numbers, adds up a part of all of them,
 * and takes the sums.
 *
 * <p>Numbers are added in the order in which XGBoost's ring adds them (its {@code allreduce.cc}):
 * the sums are the same bit for bit, so that a training ends the same wherever its ranks stood.
 */
final class SharedCollective implements Collective {
  /** Of a rank that waits; the others are mostly a few microseconds behind, or milliseconds. */
  private static final int SPINS = 500;

  private static final long PARK_NANOS = 20_000;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Segment segment;
  private final int rank;
  private final int timeoutSeconds;
  private final BooleanSupplier cancelled;
  private final Neighbour[] neighbours;
  private long phase;

  /**
   * Every rank of the segment must do this once.
   *
   * @param cancelled tells that nobody waits for this rank any more
   */
  SharedCollective(Segment segment, int rank, int timeoutSeconds, BooleanSupplier cancelled) {
    this.segment = segment;
    this.rank = rank;
    this.timeoutSeconds = timeoutSeconds;
    this.cancelled = cancelled;
    this.neighbours = new Neighbour[segment.ranks()];
    Neighbour self = Neighbour.self();
    segment.set(rank, Counter.PROCESS, self.process());
    segment.set(rank, Counter.STARTED, self.started());
    awaitOthers();
    for (int other = 0; other < neighbours.length; other++) {
      Neighbour neighbour =
          new Neighbour(segment.get(other, Counter.PROCESS), segment.get(other, Counter.STARTED));
      // In another container its number says nothing here: null, never looked at.
      neighbours[other] = neighbour.isGone() ? null : neighbour;
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int ranks() {
    return segment.ranks();
  }

  @Override
  public void sumFloats(FloatBuffer vector, float[] riders) {
    int size = vector.limit();
    int count = Math.addExact(size, riders.length);
    requireRoom((long) count * Float.BYTES);
    segment.part(rank).asFloatBuffer().put(0, vector, 0, size).put(size, riders);
    sum(count, Addition.FLOATS);
    FloatBuffer sums = segment.sums().asFloatBuffer();
    vector.put(0, sums, 0, size);
    sums.get(size, riders);
  }

  @Override
  public void sumDoubles(ByteBuffer doubles, int count) {
    requireRoom((long) count * Double.BYTES);
    segment.part(rank).put(0, doubles, 0, count * Double.BYTES);
    sum(count, Addition.DOUBLES);
    doubles.put(0, segment.sums(), 0, count * Double.BYTES);
  }

  private void requireRoom(long bytes) {
    if (bytes > segment.capacity()) {
      throw new IllegalArgumentException(
          bytes + " bytes are more than the ranks have room for: " + segment.capacity());
    }
  }

  /** Nobody writes to the sums again before all have taken them and come to the next sum. */
  private void sum(int count, Addition addition) {
    awaitOthers();
    add(count, addition);
    awaitOthers();
  }

  /** Each rank's segment of the ring; the last one has what is left over. */
  private void add(int count, Addition addition) {
    int ranks = segment.ranks();
    if (count < ranks) {
      if (rank == 0) {
        addition.add(segment, 0, 0, count);
      }
      return;
    }
    int each = count / ranks;
    addition.add(segment, rank, rank * each, rank == ranks - 1 ? count : (rank + 1) * each);
  }

  /** Goes on when all ranks have come here. */
  private void awaitOthers() {
    phase++;
    segment.set(rank, Counter.PHASE, phase);
    for (int other = 0; other < segment.ranks(); other++) {
      await(other);
    }
  }

  private void await(int other) {
    for (int i = 0; i < SPINS; i++) {
      if (segment.get(other, Counter.PHASE) >= phase) {
        return;
      }
      Thread.onSpinWait();
    }
    long from = System.nanoTime();
    long look = from + LOOK_NANOS;
    while (segment.get(other, Counter.PHASE) < phase) {
      if (segment.get(other, Counter.LEFT) != 0) {
        requireCame(other);
        return;
      }
      long now = System.nanoTime();
      if (now - look > 0) {
        look(other, now - from);
        look = now + LOOK_NANOS;
      }
      LockSupport.parkNanos(PARK_NANOS);
    }
  }

  /** A rank may have left after it came. */
  private void requireCame(int other) {
    if (segment.get(other, Counter.PHASE) < phase) {
      throw LostRank.gone(rank, segment.ranks(), "rank " + other, null);
    }
  }

  private void look(int other, long waited) {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException();
    }
    if (waited > TimeUnit.SECONDS.toNanos(timeoutSeconds)) {
      throw LostRank.silent(rank, segment.ranks(), "rank " + other, timeoutSeconds, null);
    }
    if (neighbours[other] != null && neighbours[other].isGone()) {
      requireCame(other);
    }
  }

  @Override
  public void abandon() {
    close();
  }

  @Override
  public void close() {
    segment.set(rank, Counter.LEFT, 1);
  }
}
