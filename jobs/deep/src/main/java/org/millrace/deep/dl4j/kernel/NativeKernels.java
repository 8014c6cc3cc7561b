package org.millrace.deep.dl4j.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Chooses the native code of this process: ND4J built with oneDNN where the processor can run it
 * (x86-64 with AVX2 and FMA, Linux), the plain build elsewhere. With oneDNN, DL4J's convolution,
 * pooling and batch-norm layers use its helpers, which DL4J leaves switched off.
 *
 * <p>The system property {@value #SWITCH} set to {@code false} keeps the plain build.
 */
public final class NativeKernels {
  public static final String SWITCH = "millrace.deep.onednn";

  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private NativeKernels() {}

  /**
   * Prepares this process. Takes effect only before the first use of an ND4J class, once; a
   * property that the operator has set stays as it is.
   */
  public static synchronized void prepare() {
    if (Boolean.parseBoolean(System.getProperty(SWITCH, "true")) && canRunOneDnn()) {
      setUnlessSet(EXTENSION, "-onednn-avx2");
      setUnlessSet(HELPERS_DISABLED, "false");
    }
  }

  /** Whether the native code in use has oneDNN and DL4J is told to use it. Loads ND4J. */
  public static boolean oneDnn() {
    Nd4j.getBackend(); // Loads the native code, which the next line only asks.
    return !Boolean.parseBoolean(System.getProperty(HELPERS_DISABLED, "true"))
        && NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo().contains("HAVE_ONEDNN");
  }

  private static boolean canRunOneDnn() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch");
    if (!system.startsWith("linux") || !Set.of("amd64", "x86_64").contains(architecture)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return hasInstructions(lines.filter(line -> line.startsWith("flags")).findFirst().orElse(""));
    } catch (IOException unreadable) {
      return false; // The plain build runs on every processor.
    }
  }

  /** Whether a line of flags, as /proc/cpuinfo prints it, has what the AVX2 build is made of. */
  static boolean hasInstructions(String flags) {
    return new HashSet<>(List.of(flags.split("\\s+"))).containsAll(Set.of("avx2", "fma"));
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
