package org.millrace.deep;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.millrace.deep.train.Engine;
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
  static Replica borrow(String key, Engine engine, byte[] state) {
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
    Replica replica = engine.replica(Engine.Slot.CPU);
    try {
      replica.load(new ByteArrayInputStream(state));
      return replica;
    } catch (IOException e) {
      replica.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      replica.close();
      throw e;
    }
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
