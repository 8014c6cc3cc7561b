package org.millrace.launch;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.network.util.JavaUtils;
import org.millrace.outcome.Stop;

/**
 * How much native libraries may take outside the heap of an executor, by JavaCPP's properties: what
 * its container has beside the heap, less what the JVM and Spark take there themselves. Without
 * these limits a library that grows is killed with its container, and nobody says why.
 *
 * @param heapMib of {@code spark.executor.memory}
 * @param overheadMib of {@code spark.executor.memoryOverhead}
 */
record OffHeap(long heapMib, long overheadMib) {
  /** Metaspace, thread stacks, code cache, network buffers. */
  private static final long RESERVED_MIB = 1024;

  private static final long LEAST_MIB = 512;
  private static final Pattern OWN_LIMIT =
      Pattern.compile("-Dorg\\.bytedeco\\.javacpp\\.(maxbytes|maxphysicalbytes)=(\\S+)");

  /**
   * Reads the sizes.
   *
   * @return empty where no overhead is stated, as on one machine: there is no container to stay
   *     within
   * @throws Stop exit 2 where the overhead leaves the libraries next to nothing
   */
  static Optional<OffHeap> of(Map<String, String> properties) {
    String overhead = properties.get("spark.executor.memoryOverhead");
    if (overhead == null) {
      return Optional.empty();
    }
    OffHeap sizes =
        new OffHeap(
            mib("spark.executor.memory", properties.getOrDefault("spark.executor.memory", "1g")),
            mib("spark.executor.memoryOverhead", overhead));
    sizes.refuseMoreThanTheContainer(
        properties.getOrDefault("spark.executor.extraJavaOptions", ""));
    if (sizes.nativeMib() < LEAST_MIB) {
      throw Stop.usage(
          "spark.executor.memoryOverhead is %s: of it the JVM takes %d MiB, and the native"
              + " libraries need %d MiB or more; set it to %dm or more",
          overhead, RESERVED_MIB, LEAST_MIB, RESERVED_MIB + LEAST_MIB);
    }
    return Optional.of(sizes);
  }

  /** Limits that somebody wrote; without them the launcher writes some that fit. */
  private void refuseMoreThanTheContainer(String javaOptions) {
    Matcher limit = OWN_LIMIT.matcher(javaOptions);
    while (limit.find()) {
      boolean all = limit.group(1).equals("maxphysicalbytes");
      long most = all ? heapMib + overheadMib : overheadMib;
      long asked = mib("org.bytedeco.javacpp." + limit.group(1), limit.group(2));
      if (asked > most) {
        throw Stop.usage(
            "-Dorg.bytedeco.javacpp.%s=%s is more than the executor's container has %s (%d MiB):"
                + " the cluster would kill it; raise spark.executor.memoryOverhead, or leave the"
                + " option out",
            limit.group(1), limit.group(2), all ? "in all" : "beside the heap", most);
      }
    }
  }

  private static long mib(String key, String size) {
    try {
      return JavaUtils.byteStringAsMb(size);
    } catch (NumberFormatException e) {
      throw Stop.usage("%s is '%s'; accepted: a size such as 4g or 512m", key, size).because(e);
    }
  }

  long nativeMib() {
    return overheadMib - RESERVED_MIB;
  }

  /** For the executors' JVM. */
  String javaOptions() {
    return "-Dorg.bytedeco.javacpp.maxbytes=%dm -Dorg.bytedeco.javacpp.maxphysicalbytes=%dm"
        .formatted(nativeMib(), heapMib + overheadMib);
  }
}
