package org.millrace.bench.scaling;

import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;

/**
 * The training of {@link DeepScaling} by one process that knows of no other, without Spark: {@code
 * PREFIX START SECONDS}. It warms up until START (milliseconds since 1970), so that several that
 * were started one behind the other are measured at once. Prints examples a second.
 */
public final class LoneReplica {
  private LoneReplica() {}

  public static void main(String[] arguments) {
    long start = Long.parseLong(arguments[1]);
    long end = start + 1000 * Long.parseLong(arguments[2]);
    FashionBatches batches = DeepScaling.batches(arguments[0], 1);
    try (Replica replica = DeepScaling.engine().replica(Engine.Slot.CPU);
        BatchSource source = batches.open(0)) {
      int step = 0;
      while (System.currentTimeMillis() < start) {
        step(replica, source, step++);
      }
      int before = step;
      long from = System.nanoTime();
      while (System.currentTimeMillis() < end) {
        step(replica, source, step++);
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      System.out.printf("%.1f%n", (step - before) * DeepScaling.BATCH / seconds);
    }
  }

  private static void step(Replica replica, BatchSource source, int step) {
    Batch batch = source.batch(0, step % DeepScaling.STEPS);
    replica.gradient(batch, step);
    replica.apply(batch.rows());
  }
}
