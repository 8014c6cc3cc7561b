package org.millrace.deep.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeKernelsTest {
  @Test
  void needsAvx2AndFma() {
    assertThat(NativeKernels.hasInstructions("flags\t\t: fpu sse4_2 avx fma avx2")).isTrue();
    assertThat(NativeKernels.hasInstructions("flags\t\t: fpu sse4_2 avx fma avx512f")).isFalse();
    assertThat(NativeKernels.hasInstructions("flags\t\t: fpu sse4_2 avx avx2")).isFalse();
    assertThat(NativeKernels.hasInstructions("")).isFalse();
  }

  @Test
  void oneDnnIsInUseWhereTheProcessorCanRunIt() throws Exception {
    assertThat(inOwnProcess()).isEqualTo(processorCan() ? "oneDNN: true" : "oneDNN: false");
  }

  @Test
  void theSwitchKeepsThePlainBuild() throws Exception {
    assumeTrue(processorCan());
    assertThat(inOwnProcess("-D" + NativeKernels.SWITCH + "=false")).isEqualTo("oneDNN: false");
  }

  static boolean processorCan() throws Exception {
    Path processor = Path.of("/proc/cpuinfo");
    return Files.exists(processor) && NativeKernels.hasInstructions(Files.readString(processor));
  }

  /** The last line that {@link Ask} prints in a process of its own. */
  private static String inOwnProcess(String... options) throws Exception {
    var command = new ArrayList<>(List.of(options));
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Ask.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().reduce((first, second) -> second).orElseThrow();
  }

  static final class Ask {
    private Ask() {}

    public static void main(String[] arguments) {
      NativeKernels.prepare();
      System.out.println("oneDNN: " + NativeKernels.oneDnn());
    }
  }
}
