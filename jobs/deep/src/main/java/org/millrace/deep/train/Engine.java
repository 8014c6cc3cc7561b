package org.millrace.deep.train;

import java.io.Serializable;

/** Makes replicas of one network; serialized to the executors. */
public interface Engine extends Serializable {
  /**
   * A replica with the initial parameters, equal wherever it is made.
   *
   * @param slot which of the task's devices it runs on
   */
  Replica replica(Slot slot);

  /**
   * Where a replica runs.
   *
   * @param gpu the address of the task's GPU, or -1 for the CPU
   */
  record Slot(int gpu) {
    public static final Slot CPU = new Slot(-1);
  }
}
