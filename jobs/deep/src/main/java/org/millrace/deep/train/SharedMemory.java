package org.millrace.deep.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process shares of its machine's memory, and with whom. */
final class SharedMemory {
  /** Where Linux has it. */
  static final Path FOLDER = Path.of("/dev/shm");

  /** System property of the executors; {@code false} lets all ranks talk by TCP. */
  static final String SWITCH = "millrace.deep.shared-memory";

  static final String HOW_TO_DO_WITHOUT =
      "-D" + SWITCH + "=false in spark.executor.extraJavaOptions lets the ranks talk by TCP";

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private SharedMemory() {}

  /**
   * Two processes share it if both have the same: the kernel's start, and the device of the folder,
   * of which each container has its own unless it is told otherwise.
   *
   * @return empty where there is none, or it is switched off
   */
  static String identity() {
    if (!Boolean.parseBoolean(System.getProperty(SWITCH, "true")) || !Files.isDirectory(FOLDER)) {
      return "";
    }
    try {
      return Files.readString(BOOT).strip() + "/" + Files.getAttribute(FOLDER, "unix:dev");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
