package org.millrace.launch;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

/** A submitted run as its cluster knows it. */
interface Application extends AutoCloseable {

  /** By the master of the properties. */
  static Application of(Order order) {
    Map<String, String> properties = order.properties();
    return properties.get("spark.master").equals("yarn")
        ? new YarnApplication(
            YarnCluster.connect(Hadoop.configuration(properties)), Yarn.tag(order.run()))
        : new KubernetesApplication(KubernetesApi.of(properties), order.run());
  }

  /** How far it is. */
  enum Phase {
    /** Not known to the cluster, yet or at all. */
    ABSENT,
    WAITING,
    RUNNING,
    ENDED
  }

  /**
   * What the cluster says.
   *
   * @param name how the cluster calls it; empty while it is absent
   * @param succeeded whether it ended well
   * @param exitCode of the driver's process, where the cluster tells
   * @param sentence why it waits, where it runs, or how it ended
   */
  record State(Phase phase, String name, boolean succeeded, OptionalInt exitCode, String sentence) {
    static final State ABSENT = new State(Phase.ABSENT, "", false, OptionalInt.empty(), "");

    static State of(Phase phase, String name, String sentence) {
      return new State(phase, name, false, OptionalInt.empty(), sentence);
    }
  }

  State state() throws IOException;

  /** What the cluster has free, in words. */
  String free();

  /** The command that ends it. */
  String howToEnd(State state);

  /** Ends it; one that has ended stays as it is. */
  void kill() throws IOException;

  @Override
  void close();
}
