package org.millrace.deep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.millrace.deep.train.Replica;

/**
 * The replicas of a JVM that score: as many as tasks run at once, each made once and used by one
 * task after the other. Those of another model make way.
 */
final class ReplicaPool {
  private static final Object LOCK = new Object();
  private static final Deque<Replica> IDLE = new ArrayDeque<>();
  private static String model = "";

  private ReplicaPool() {}

  /**
   * Takes a replica out of the pool, or makes one.
   *
   * @param key of the model
   */
  static Replica borrow(String key, Supplier<Replica> make) {
    synchronized (LOCK) {
      if (!model.equals(key)) {
        IDLE.forEach(Replica::close);
        IDLE.clear();
        model = key;
      }
      if (!IDLE.isEmpty()) {
        return IDLE.pop();
      }
    }
    return make.get();
  }

  static void giveBack(String key, Replica replica) {
    synchronized (LOCK) {
      if (model.equals(key)) {
        IDLE.push(replica);
        return;
      }
    }
    replica.close();
  }
}
